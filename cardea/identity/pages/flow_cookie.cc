// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/flow_cookie.h"

#include "cardea/csrf/token.h"

#include <chrono>
#include <utility>

namespace cardea::identity {

std::optional<flow::FlowState> FlowCookie::find(const web::Request& request, flow::Flow expected) const {
    const Result<std::optional<std::string_view>> cookie = request.cookie(writer_.name());
    const std::string_view sealed = cookie ? cookie->value_or("") : "";
    Result<flow::FlowState> flow = services_.flows.open(sealed, expected, flow::Carrier::cookie);
    return flow ? std::optional(std::move(*flow)) : std::nullopt;
}

void FlowCookie::keep(http::Response& response, const flow::FlowState& flow) const {
    const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(lifetime_);
    // A flow is shorter than any cookie limit: what it carries is bounded by flow::max_carried_text.
    if (const Result<std::string> line =
            writer_.set(services_.flows.seal(flow, flow::Carrier::cookie), lifetime)) {
        response.add_header("Set-Cookie", *line);
    }
}

void FlowCookie::clear(http::Response& response) const {
    response.add_header("Set-Cookie", writer_.clear());
}

std::string FlowCookie::csrf_token(const flow::FlowState& flow) const {
    return csrf::make_token(services_.keyring, flow.csrf_binding(), services_.random);
}

}  // namespace cardea::identity
