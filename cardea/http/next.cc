// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/next.h"

#include "cardea/http/target.h"
#include "cardea/http/url.h"

namespace cardea::http {
namespace {

bool is_on_domain(const Url& url, std::string_view domain) noexcept {
    const std::string_view host = url.host();
    if (url.scheme() != "https" || !url.has_default_port() || !host.ends_with(domain)) {
        return false;
    }
    return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

std::string safe_next(std::string_view next, std::string_view cookie_domain) {
    if (next.size() <= max_url_bytes && next.starts_with('/') && parse_target(Method::get, next)) {
        return std::string(next);
    }
    if (!cookie_domain.empty()) {
        const Result<Url> url = parse_url(next);
        if (url && is_on_domain(*url, cookie_domain)) {
            return url->to_string();
        }
    }
    return "/";
}

}  // namespace cardea::http
