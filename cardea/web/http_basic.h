// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/web/authentication.h"

#include <functional>
#include <memory>
#include <string>

namespace cardea::web {

/// Whose name and password these are. Errc::credentials_wrong or Errc::unauthenticated when they do not go
/// together, Errc::busy when nobody can tell just now.
using PasswordCheck = std::function<Task<Result<User>>(std::string username, SecretText password)>;

/// Users by name and password with every request (RFC 7617), for programs and for pages behind a browser's
/// own question. Since a browser goes on to send them by itself, an unsafe request that another site made is
/// refused (403). `realm` is what the browser shows: letters, digits, spaces and dashes.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> http_basic(PasswordCheck check, std::string realm);

}  // namespace cardea::web
