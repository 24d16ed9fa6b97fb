// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/web/authentication.h"
#include "cardea/web/sessions.h"

#include <chrono>
#include <memory>

namespace cardea::web {

/// Where bearer sessions are kept, and for how long.
struct BearerSessionOptions {
    SessionStoreFactory store = memory_store();
    Duration idle = std::chrono::hours(1);       ///< without a request
    Duration absolute = std::chrono::hours(24);  ///< since it began
};

/// Sessions for programs instead of browsers: the client sends `Authorization: Bearer TOKEN`. The token is
/// 256 random bits, of which the store holds the SHA-256; a session that ended is worth nothing at once. Made
/// before the App and handed to it with `app.use(authentication(sessions))`; outlives it. Thread-safe.
class BearerSessions {
 public:
    explicit BearerSessions(BearerSessionOptions options = {});

    /// Begins a session for the user; what comes back is the token.
    [[nodiscard]] Task<Result<SecretText>> begin(Request& request, User user) const;
    /// Ends the session whose token the request carries, if there is one.
    [[nodiscard]] Task<Result<>> end(Request& request) const;

    // NOLINTNEXTLINE(google-explicit-constructor): `app.use(authentication(sessions))`
    operator std::shared_ptr<AuthenticationBackend>() const;

 private:
    class Backend;
    std::shared_ptr<Backend> backend_;
};

}  // namespace cardea::web
