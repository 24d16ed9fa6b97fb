// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"

#include <string_view>
#include <vector>

namespace cardea::testing {

/// A request as the engine would hand it over, put together from literals:
///     RawRequest(http::Method::post, "/login").with("Origin", "null").body("a=b")
class RawRequest {
 public:
    RawRequest(http::Method method, std::string_view target) {
        request_.method = method;
        request_.target = target;
        request_.path = target.substr(0, target.find('?'));
        request_.query = target.substr(request_.path.size());
        request_.query.remove_prefix(request_.query.empty() ? 0 : 1);
        request_.host = "localhost:8080";
        request_.client_address = "192.0.2.7";
    }

    RawRequest& with(std::string_view name, std::string_view value) {
        headers_.push_back({name, value});
        return *this;
    }
    RawRequest& body(std::string_view text) {
        request_.body = text;
        return *this;
    }

    operator const http::Request&() const noexcept {  // NOLINT: it stands for one
        request_.headers = headers_;                  // here, because the builder may have been copied
        return request_;
    }

 private:
    std::vector<http::Header> headers_;
    mutable http::Request request_;
};

}  // namespace cardea::testing
