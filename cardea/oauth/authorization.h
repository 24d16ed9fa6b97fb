// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/oauth/provider.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::oauth {

/// What may be asked of the provider beside a sign-in.
struct AuthorizationOptions {
    std::string next = "/";       ///< where the person goes afterwards, on this site; else "/"
    std::string prompt = {};      ///< "login", "consent", "select_account", as OpenID Connect has them
    std::string login_hint = {};  ///< whom the person probably is, such as an e-mail address
    /// How long ago the person may have signed in there; the ID token has to prove it (`auth_time`).
    std::optional<std::chrono::seconds> max_age = {};
};

/// What an authorization request says of itself beside its options.
struct AuthorizationTag {
    std::string state;
    std::string nonce;
    std::string code_challenge;
};

/// Where to send the browser (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
[[nodiscard]] std::string authorization_url(
    const ProviderOptions& options,
    const ProviderMetadata& metadata,
    const AuthorizationTag& tag,
    const AuthorizationOptions& asked
);

/// What the browser brought back, as it came.
class AuthorizationResponse {
 public:
    /// Reads the query of the redirect URI. Errc::malformed, Errc::too_large; Errc::invalid when a parameter
    /// comes twice.
    [[nodiscard]] static Result<AuthorizationResponse> parse(std::string_view query);

    [[nodiscard]] const std::string& state() const noexcept { return state_; }

    /// The code, after `state` was found good. Errc::invalid when another issuer answered (RFC 9207) or there
    /// is no code; Errc::authorization_denied, or Errc::upstream_unavailable, when it is an error response
    /// (RFC 6749 section 4.1.2.1).
    [[nodiscard]] Result<SecretText> code(const ProviderMetadata& metadata) const;

 private:
    AuthorizationResponse() = default;

    std::string state_;
    std::optional<std::string> iss_;
    std::optional<std::string> error_;
    SecretText code_;
};

}  // namespace cardea::oauth
