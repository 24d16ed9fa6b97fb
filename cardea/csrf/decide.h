// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/origin.h"
#include "cardea/http/request.h"

#include <cstdint>
#include <string_view>

namespace cardea::csrf {

/// What authenticated the request: not what headers it carries.
enum class Credential : std::uint8_t { none, cookie, bearer };

/// Whether a route takes unsafe requests from clients that send neither Sec-Fetch-Site nor Origin, without a
/// token.
enum class HeaderlessClients : bool { refused, accepted };

/// What is known of a request before its token is looked at.
struct RequestFacts {
    http::Method method = http::Method::get;
    Credential credential = Credential::none;
    std::string_view sec_fetch_site;  ///< empty: not sent
    std::string_view origin;          ///< empty: not sent
    bool is_json = false;             ///< Content-Type is application/json, which no form can send
    HeaderlessClients headerless_clients = HeaderlessClients::refused;
};

/// What is to be done with it.
enum class Decision : std::uint8_t {
    pass,
    token_needed,  ///< passes with a token for its session or flow (verify_token)
    reject,
};

/// Whether the request may change anything. `own` is the origin of our pages, from `public_url`. Sources: W3C
/// Fetch Metadata section 2.3; OWASP Cross-Site Request Forgery Prevention.
[[nodiscard]] Decision decide(const RequestFacts& facts, const http::Origin& own) noexcept;

}  // namespace cardea::csrf
