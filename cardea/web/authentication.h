// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/session/record.h"
#include "cardea/web/middleware.h"
#include "cardea/web/user.h"

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cardea::web {

class Request;

/// Whom a credential stands for, and how it came.
struct Authenticated {
    User user;
    /// `cookie` for whatever a browser attaches by itself: then CSRF protection applies.
    session::Transport transport = session::Transport::bearer;
};

/// What a 401 says.
struct Challenge {
    std::string header;   ///< WWW-Authenticate (RFC 9110 section 11.6.1): `Bearer`
    std::string refused;  ///< the same after a credential that is not good: `Bearer error="invalid_token"`
    std::string sentence = "Could not validate credentials";  ///< what the sender of such a one reads
};

/// Finds out who is asking, by one kind of credential. Ready ones: bearer_jwt(), api_keys(), http_basic(),
/// Tokens and BearerSessions. Lives as long as the App; called from every I/O thread at once.
class AuthenticationBackend {
 public:
    virtual ~AuthenticationBackend() = default;

    /// Once, by App::start(). Errc::config with a sentence that says what to change.
    [[nodiscard]] virtual Result<> start(Setup& setup);

    /// Whether the request carries a credential of this kind, be it good or not. Never waits.
    [[nodiscard]] virtual bool has_credential(const Request& request) const = 0;

    /// The user it stands for; called only where there is one. Errc::unauthenticated when it is not good: the
    /// request is nobody's then, and a guard answers 401. Any other code refuses the request on every route.
    [[nodiscard]] virtual Task<Result<Authenticated>> authenticate(Request& request) = 0;

    /// The same where nothing has to be waited for, which is quicker; nullopt: authenticate() tells.
    [[nodiscard]] virtual std::optional<Result<Authenticated>> authenticate_at_once(Request& request);

    /// For the OpenAPI document.
    [[nodiscard]] virtual std::vector<SecurityScheme> security_schemes() const = 0;

    /// What a 401 says where this kind of credential is taken.
    [[nodiscard]] virtual Challenge challenge() const = 0;

    /// Housekeeping, about once a minute.
    [[nodiscard]] virtual Task<> maintain();
};

/// Users by the credentials that the backends know, any one of them: `authentication(tokens,
/// api_keys(...))`. With sessions({...}) in use, one guard accepts a signed-in cookie as well. A request with
/// two credentials is a 400: nobody could tell on whose behalf it comes.
[[nodiscard]] std::unique_ptr<Middleware> authentication(
    std::vector<std::shared_ptr<AuthenticationBackend>> backends
);
template <class... Backends>
    requires(std::convertible_to<Backends, std::shared_ptr<AuthenticationBackend>> && ...)
[[nodiscard]] std::unique_ptr<Middleware> authentication(Backends&&... backends) {
    return authentication(std::vector<std::shared_ptr<AuthenticationBackend>>{
        std::shared_ptr<AuthenticationBackend>(std::forward<Backends>(backends))...
    });
}

}  // namespace cardea::web
