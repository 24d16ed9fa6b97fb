// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/page.h"

#include "cardea/http/next.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/web/response.h"
#include "cardea/web/security_headers.h"

#include <utility>

namespace cardea::identity {

http::Response page(const Services& services, Frame frame, html::Node content, http::Status status) {
    std::string title(frame.title);
    if (std::to_underlying(status) >= std::to_underlying(http::Status::bad_request)) {
        title.insert(0, messages.problem_in_title);
    }
    frame.title = title;
    return web::page(services.render_page(frame, std::move(content)), status);
}

void let_forms_lead_to_siblings(const Services& services, http::Response& response) {
    const std::string& domain = services.cookie_domain;
    if (domain.empty()) {
        return;
    }
    constexpr std::string_view own = "form-action 'self'";
    constexpr std::size_t at = web::page_policy.find(own);
    static_assert(at != std::string_view::npos);
    std::string policy(web::page_policy);
    policy.insert(at + own.size(), " https://" + domain + " https://*." + domain);
    response.add_header("Content-Security-Policy", policy);
}

void add_retry_after(http::Response& response, const Error& error) {
    if (error.retry_after.count() > 0) {
        response.set_header("Retry-After", std::to_string(error.retry_after.count()));
    }
}

std::string next_of(const Services& services, const Result<http::Fields>& fields) {
    const std::string_view asked = fields ? fields->text("next") : std::string_view();
    return asked.empty() ? std::string() : http::safe_next(asked, services.cookie_domain);
}

}  // namespace cardea::identity
