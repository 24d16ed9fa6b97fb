// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/cookie.h"
#include "cardea/session/policy.h"
#include "cardea/session/store.h"
#include "cardea/web/middleware.h"
#include "cardea/web/secrets.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cardea::web {

/// Opens a store when the App starts. Errc::config, or an error of the store, with a sentence for the person
/// who starts the program.
using SessionStoreFactory = std::function<Result<std::shared_ptr<session::SessionStore>>()>;

/// Sessions in the memory of this process: they are gone when it ends.
[[nodiscard]] SessionStoreFactory memory_store();
/// Sessions in an SQLite file, made (mode 0600) when it is not there. What was answered is on disk. The file
/// belongs to one store of one process, which would not hear of what another ends: a second one does not
/// start.
[[nodiscard]] SessionStoreFactory sqlite_store(std::filesystem::path file);

/// How a session is protected that travels in its cookie.
enum class CookieProtection : std::uint8_t {
    sealed,   ///< nobody but the program can read it
    signed_,  ///< the browser's owner can read it, not change it
};

/// Whose form the cookie has, without a store.
enum class SessionFormat : std::uint8_t {
    cardea,
    starlette,  ///< SessionMiddleware, and so FastAPI and Air
    flask,      ///< Flask's own session
};

/// Where sessions are kept and for how long. Only the secret must be given.
struct SessionOptions {
    Secrets secret;
    /// Where the data is kept; the cookie then holds a random token, and a session that ended is worth
    /// nothing to whoever copied the cookie. Without a store the data is the cookie's value: nothing to keep
    /// and 4 KB at most, but a copied cookie lives on after the sign-out, until it expires.
    SessionStoreFactory store{};
    std::string cookie_name = "session";  ///< by https `__Host-` comes before it, but for a format
    session::Persistence persistence = session::Persistence::browser_session;
    std::optional<Duration> idle{};      ///< without a request; absent: 1 hour, or 7 days when persistent
    std::optional<Duration> absolute{};  ///< since it began; absent: 24 hours, or 30 days when persistent
    /// With a store: how many sessions it keeps of browsers where nobody is signed in. Past them, the one
    /// ends that was unseen for the longest time: a script that keeps no cookies fills no memory and no disk.
    std::size_t max_visitors = 10'000;
    CookieProtection protection = CookieProtection::sealed;  ///< without a store
    /// So that a Python application beside this one has the same sessions: with the same secret, cookie name
    /// and, at its side, `session["user"] = {"id": ..., "name": ..., "scopes": [...]}` for a sign-in. Its
    /// cookies are signed, not sealed, have exactly the name that is given (Secure by https), and are as old
    /// as their last change: `absolute` cannot be kept and does not start.
    SessionFormat format = SessionFormat::cardea;
    http::SameSite same_site = http::SameSite::lax;
    std::string domain{};  ///< share the cookie with every host below it, which can set it too
};

/// Sessions for `request.session()`, and users for `request.user()`. CSRF protection comes with them. With a
/// store: tokens of 256 random bits, of which the store holds the SHA-256; at sign-in and sign-out the old
/// token is worth nothing from the moment the answer is sent; two requests that change different members of
/// one session both keep their change.
[[nodiscard]] std::unique_ptr<Middleware> sessions(SessionOptions options);

}  // namespace cardea::web
