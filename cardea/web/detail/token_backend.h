// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/web/detail/kept_sessions.h"
#include "cardea/web/detail/token_cookies.h"
#include "cardea/web/detail/token_signer.h"
#include "cardea/web/tokens.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

/// What Tokens share with the App: the keys, the families and the cookies.
class TokenBackend final : public AuthenticationBackend {
 public:
    explicit TokenBackend(TokenOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Result<> start(Setup& setup) override;
    [[nodiscard]] bool has_credential(const Request& request) const override;
    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override;
    [[nodiscard]] std::optional<Result<Authenticated>> authenticate_at_once(Request& request) override;
    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override;
    [[nodiscard]] Challenge challenge() const override {
        return {.header = "Bearer", .refused = R"(Bearer error="invalid_token")"};
    }
    [[nodiscard]] Task<> maintain() override;

    [[nodiscard]] Task<Result<TokenPair>> issue(User user);
    [[nodiscard]] Task<Result<TokenPair>> refresh(SecretText token);
    [[nodiscard]] Task<Result<>> revoke(Request& request);
    [[nodiscard]] Task<Result<>> revoke(SecretText refresh_token);
    [[nodiscard]] Task<Result<>> revoke_all(User user);
    [[nodiscard]] Task<Result<TokenPair>> refresh(Request& request);
    [[nodiscard]] Result<> put_into_cookies(http::Response& response, const TokenPair& pair) const;
    void clear_cookies(http::Response& response) const;

 private:
    /// What the two tokens of a pair are about.
    struct Grant {
        const User& user;
        const session::TokenHash& family;
        std::string jti;  ///< of the refresh token
    };

    [[nodiscard]] bool has_families() const noexcept { return sessions_.is_started(); }
    [[nodiscard]] std::optional<std::string_view> find_cookie(const Request& request) const;
    [[nodiscard]] Result<jose::VerifiedClaims> verify_access(const Request& request) const;
    [[nodiscard]] static Result<Authenticated> user_of(
        const Request& request, const Result<jose::VerifiedClaims>& claims
    );
    [[nodiscard]] Task<Result<>> check_family(session::TokenHash family);
    [[nodiscard]] Task<Result<User>> reload(User user, session::TokenHash family);
    [[nodiscard]] SecretText refresh_token_of(const Request& request) const;
    [[nodiscard]] Task<Result<>> end(session::TokenHash family);
    [[nodiscard]] Task<Result<TokenPair>> end_replayed(session::TokenHash family);
    [[nodiscard]] Result<std::string> sign_access(const User& user, const session::TokenHash* family) const;
    [[nodiscard]] Result<TokenPair> sign_pair(const Grant& grant) const;

    TokenOptions options_;
    Late<crypto::Keyring> keyring_;
    std::unique_ptr<const TokenSigner> access_;
    std::unique_ptr<const TokenSigner> refresh_;
    std::optional<TokenCookies> cookies_;
    KeptSessions sessions_;
    const Clock* clock_ = nullptr;
    Random* random_ = nullptr;
};

}  // namespace cardea::web
