// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/json.h"
#include "cardea/base/random.h"
#include "cardea/crypto/keyring.h"
#include "cardea/web/sessions.h"

#include <string>
#include <string_view>

namespace cardea::web {

/// A session as it travels in a cookie.
struct SessionText {
    std::string id;
    Time created_at;
    Time last_seen_at;
    Json content;
};

/// Writes a session into a cookie's value, and back. `cookie_name` is bound into it, so that no cookie of
/// another name is taken for it.
class SessionTextCodec {
 public:
    SessionTextCodec(const crypto::Keyring& keyring, CookieProtection protection, std::string cookie_name)
        : keyring_(keyring), protection_(protection), cookie_name_(std::move(cookie_name)) {}

    [[nodiscard]] std::string write(const SessionText& session, Random& random) const;
    /// Errc::malformed, or Errc::signature_invalid when no key of ours wrote it for this cookie.
    [[nodiscard]] Result<SessionText> read(std::string_view text) const;

 private:
    [[nodiscard]] Result<SecretText> open(std::string_view text) const;

    const crypto::Keyring& keyring_;
    CookieProtection protection_;
    std::string cookie_name_;
};

}  // namespace cardea::web
