// SPDX-License-Identifier: Apache-2.0
/// http: HTTP messages as values, and everything that can be known from them without a socket: requests and
/// responses, the canonical target, cookies, forms, media types, user agents, client addresses. Parsers here
/// have a limit, a fuzzer and an exact error. No clock, no I/O.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace cardea::http {

/// The methods that are served here; any other is 405.
enum class Method : unsigned char { get, head, post, put, patch, delete_, options };

/// The method as it stands in a request line.
[[nodiscard]] std::string_view name(Method method) noexcept;
/// The reverse: exact case, and nullopt for a method that is not served here.
[[nodiscard]] std::optional<Method> find_method(std::string_view name) noexcept;

/// Whether the method promises to change nothing (RFC 9110 9.2.1).
[[nodiscard]] constexpr bool is_safe(Method method) noexcept {
    return method == Method::get || method == Method::head || method == Method::options;
}

/// One header line: the name as it was sent, the value without the spaces around it.
struct Header {
    std::string_view name;
    std::string_view value;
};

/// One request, resolved once: router, guards, forward auth and logs all read these same fields. It is a
/// view: the memory belongs to whoever made it (the connection, or a test) and outlives the handling of the
/// request.
struct Request {
    Method method = Method::get;
    std::string_view target;  ///< path and query as received, for nothing but diagnosis
    std::string_view path;    ///< decoded once; never ambiguous: see http/target.h
    std::string_view query;   ///< raw, without the '?'
    std::string_view body;
    std::string_view host;            ///< as received, lower case, checked against the allowed hosts
    std::string_view client_address;  ///< textual IP address of the client, proxies resolved (http/proxy.h)
    std::span<const Header> headers;

    /// The value of the first header of that name (compared without case), or empty. Headers that must be
    /// single (Host, Cookie, Authorization, ...) are: the engine refuses a request that repeats one.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

}  // namespace cardea::http
