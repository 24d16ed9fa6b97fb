// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/flow/flow.h"
#include "cardea/identity/services.h"
#include "cardea/web/request.h"

#include <optional>
#include <string>

namespace cardea::identity {

/// A cookie in which the sealed state of a flow travels while somebody is on the way. Made where it is used.
class FlowCookie {
 public:
    /// That of the forms before sign-in.
    [[nodiscard]] static FlowCookie of_forms(const Services& services) {
        return {services, services.cookies.flow, flow::form_lifetime};
    }
    /// That of who is at a provider, so that a form in another tab goes on.
    [[nodiscard]] static FlowCookie of_provider(const Services& services) {
        return {services, services.cookies.provider, flow::federated_flow_lifetime};
    }

    /// The flow that the request's cookie holds, if it is of that kind and alive.
    [[nodiscard]] std::optional<flow::FlowState> find(const web::Request& request, flow::Flow expected) const;
    void keep(http::Response& response, const flow::FlowState& flow) const;
    void clear(http::Response& response) const;
    /// Of the forms that go on with the flow.
    [[nodiscard]] std::string csrf_token(const flow::FlowState& flow) const;

 private:
    FlowCookie(const Services& services, const http::CookieWriter& writer, Duration lifetime)
        : services_(services), writer_(writer), lifetime_(lifetime) {}

    const Services& services_;
    const http::CookieWriter& writer_;
    Duration lifetime_;
};

}  // namespace cardea::identity
