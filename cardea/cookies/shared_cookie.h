// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/http/cookie.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::cookies {

/// How another application sends its cookie. Name, path and domain must be what they are there, or the
/// browser keeps two cookies and sends both.
struct SharedCookieOptions {
    std::string name = "session";
    std::string path = "/";
    std::string domain;  ///< empty: this host alone
    bool secure = true;  ///< false only for plain http on localhost
    std::optional<http::SameSite> same_site = http::SameSite::lax;
    std::optional<std::chrono::seconds> lifetime;  ///< nullopt: until the browser is closed
};

/// The Set-Cookie lines of a cookie that two applications write. Unlike http::CookieWriter, the name has no
/// prefix, because the other one gives it none.
class SharedCookie {
 public:
    /// Whose line it is, to the byte: Starlette's SessionMiddleware or Werkzeug's (Flask).
    enum class Dialect : std::uint8_t { starlette, werkzeug };

    /// Errc::invalid for a name, path or domain that cannot stand in the line, or SameSite=None without
    /// Secure, which browsers refuse.
    [[nodiscard]] static Result<SharedCookie> make(SharedCookieOptions options, Dialect dialect);

    [[nodiscard]] const std::string& name() const noexcept { return options_.name; }

    /// The value of the Set-Cookie header. Errc::invalid for a value that a cookie cannot hold,
    /// Errc::too_large where browsers would drop it without a word.
    [[nodiscard]] Result<std::string> set(std::string_view value, Time now) const;
    /// The value of the Set-Cookie header that makes the browser forget the cookie.
    [[nodiscard]] std::string clear() const;

 private:
    SharedCookie(SharedCookieOptions options, Dialect dialect)
        : options_(std::move(options)), dialect_(dialect) {}
    [[nodiscard]] std::string starlette_line(std::string_view value, std::string_view lifetime) const;
    [[nodiscard]] std::string werkzeug_line(std::string_view value, std::string_view lifetime) const;

    SharedCookieOptions options_;
    Dialect dialect_;
};

}  // namespace cardea::cookies
