// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/web/authentication.h"
#include "cardea/web/secrets.h"
#include "cardea/web/sessions.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cardea::web {

class TokenBackend;

/// Who has that id now, with the name and the scopes of today; nullopt when nobody has it any more, or may
/// not sign in. An error leaves the refresh token good.
using UserReload = std::function<Task<Result<std::optional<User>>>(std::string id)>;

/// How long the tokens of a program live, and how they travel. Only the secret must be given.
struct TokenOptions {
    Secrets secret;
    /// Where the families of tokens are kept, one for each sign-in. Without a store there are no refresh
    /// tokens, and an access token is good until it ends, whatever happens.
    SessionStoreFactory store;
    /// Asked at each refresh: what a user may do changes with it, and a user who is gone ends the family.
    /// Absent: tokens say what the sign-in said for as long as the family lives. A user who is_limited stays
    /// so, to those of its scopes that this one has too.
    UserReload reload;
    /// For whom the tokens are, so that programs which share a secret and an origin do not take each other's.
    /// Empty: the origin of the App's public URL.
    std::string audience;
    Duration access = std::chrono::minutes(15);
    Duration refresh = std::chrono::days(7);    ///< from one refresh to the next
    Duration absolute = std::chrono::days(30);  ///< since the sign-in
    /// Takes the access token from a cookie of that name too, for browsers; put_into_cookies() sets it, and
    /// NAME_refresh beside it. CSRF protection comes with it.
    std::string cookie_name;
};

/// What a client is given: a token to ask with, and one to get the next pair with.
struct TokenPair {
    std::string access;
    SecretText refresh;  ///< empty without a store
    std::chrono::seconds expires_in{};
};

/// `{"access_token": ..., "refresh_token": ..., "token_type": "bearer", "expires_in": 900}` (RFC 6749 section
/// 5.1).
[[nodiscard]] Json to_json(const TokenPair& pair);

/// Signed tokens that the program issues and takes: short-lived access tokens (JWT, `typ` at+jwt) and refresh
/// tokens (`typ` rt+jwt), each with keys of its own, so that neither passes for the other. A refresh token is
/// good once: whoever comes with a used one ends the whole family, because one of the two who had it is a
/// thief (RFC 9700 section 4.14.2). Ending a family ends its access tokens at once. Made before the App and
/// handed to it with `app.use(authentication(tokens))`; outlives it. Thread-safe.
class Tokens {
 public:
    explicit Tokens(TokenOptions options);

    /// A sign-in: the first pair of a family.
    [[nodiscard]] Task<Result<TokenPair>> issue(User user) const;
    /// The next pair. Errc::unauthenticated for what is no refresh token of ours, or not any more;
    /// Errc::replayed when it was used before: the family is at its end then.
    [[nodiscard]] Task<Result<TokenPair>> refresh(SecretText refresh_token) const;

    /// The same with the refresh token in its cookie.
    [[nodiscard]] Task<Result<TokenPair>> refresh(Request& request) const;

    /// A sign-out: ends the families of the access token and of the refresh cookie that the request carries.
    /// No token is no error; Errc::internal without a store.
    [[nodiscard]] Task<Result<>> revoke(Request& request) const;
    /// The same for a client that sends its refresh token (RFC 7009).
    [[nodiscard]] Task<Result<>> revoke(SecretText refresh_token) const;
    /// Ends every family of the user.
    [[nodiscard]] Task<Result<>> revoke_all(User user) const;

    /// The tokens in cookies that scripts cannot read, for as long as they are good; with an error, none.
    /// Errc::too_large where the name or the scopes of the user make a token that no cookie holds,
    /// Errc::internal without `cookie_name`.
    [[nodiscard]] Result<> put_into_cookies(http::Response& response, const TokenPair& pair) const;
    void clear_cookies(http::Response& response) const;

    // NOLINTNEXTLINE(google-explicit-constructor): `app.use(authentication(tokens))`
    operator std::shared_ptr<AuthenticationBackend>() const;

 private:
    std::shared_ptr<TokenBackend> backend_;
};

}  // namespace cardea::web
