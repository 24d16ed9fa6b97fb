// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/http/cookie.h"
#include "cardea/http/origin.h"
#include "cardea/web/tokens.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::web {

/// The two cookies in which browsers may keep a pair of tokens: the refresh token in a strict one, which no
/// link from elsewhere takes along.
class TokenCookies {
 public:
    /// NAME and NAME_refresh. Errc::config for a name that no cookie can have.
    [[nodiscard]] static Result<TokenCookies> make(const std::string& name, const http::Origin& origin);

    [[nodiscard]] const std::string& access_name() const noexcept { return access_.name(); }
    /// The access token that came; empty, which is no token, for a cookie that is there twice or is
    /// malformed: that is a credential too, one that is refused.
    [[nodiscard]] std::optional<std::string_view> find_access(const Request& request) const;
    /// Empty where there is none.
    [[nodiscard]] SecretText refresh_token(const Request& request) const;

    /// The refresh token, where the pair has one, for `refresh_lifetime`. Both cookies or none:
    /// Errc::too_large for a token that no browser would keep.
    [[nodiscard]] Result<> put(http::Response& response, const TokenPair& pair, Duration refresh_lifetime)
        const;
    void clear(http::Response& response) const;

 private:
    TokenCookies(http::CookieWriter access, http::CookieWriter refresh)
        : access_(std::move(access)), refresh_(std::move(refresh)) {}

    http::CookieWriter access_;
    http::CookieWriter refresh_;
};

}  // namespace cardea::web
