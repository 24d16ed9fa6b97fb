// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/net/limits.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace cardea::web {

/// A request that another web server has read: cpp-httplib, Drogon, Crow. Views; what they show outlives the
/// call.
struct ForeignRequest {
    std::string_view method;            ///< "GET"
    std::string_view target;            ///< as it was sent, nothing decoded: "/path?query"
    std::vector<http::Header> headers;  ///< all of them, the repeated ones too, nothing decoded
    std::string_view body;              ///< the whole of it, as Content-Length counts it
    std::string_view client_address;    ///< who is asking, proxies resolved: "192.0.2.1"
    std::size_t body_bytes = net::Limits().body_bytes;  ///< a longer body is 413
};

/// The header lines of an answer one by one, for servers that want them so.
[[nodiscard]] std::vector<http::Header> headers_of(const http::Response& response);

}  // namespace cardea::web
