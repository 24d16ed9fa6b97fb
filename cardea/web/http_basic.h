// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/web/authentication.h"

#include <functional>
#include <memory>
#include <string>

namespace cardea::web {

/// Whose name and password these are. Errc::busy or Errc::store_unavailable when nobody can tell just now,
/// Errc::rate_limited when the program itself counts; any other error means that they do not go together.
using PasswordCheck = std::function<Task<Result<User>>(std::string username, SecretText password)>;

/// How many wrong passwords are taken.
struct HttpBasicOptions {
    /// Of one address and for one name, in the grammar of ratelimit::parse_limits. More are 429 with
    /// Retry-After, the right one among them, and are not checked, on every route. Where the name's password
    /// was right within the hour, only the wrong ones of that address count: others keep nobody out there.
    /// One counts from its beginning and until it was right, the one that is known to be right not at all:
    /// with it, any number may be under way. (For that hour, a MAC of it stays in this process.)
    std::string wrong_passwords = "20/minute; 100/hour";
};

/// Users by name and password with every request (RFC 7617), for programs and for pages behind a browser's
/// own question. Since a browser goes on to send them by itself, an unsafe request that another site made is
/// refused (403). `realm` is what the browser shows: letters, digits, spaces and dashes.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> http_basic(
    PasswordCheck check, std::string realm, HttpBasicOptions options = {}
);

}  // namespace cardea::web
