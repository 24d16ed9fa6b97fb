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
    Json foreign{};  ///< the content as another program wrote it, where its format says more than JSON
};

/// Writes a session into a cookie's value, and back. Immutable, thread-safe.
class SessionCodec {
 public:
    virtual ~SessionCodec() = default;
    /// What it writes it reads. Errc::too_large for data that is more than that, in depth or names; any other
    /// code for what the format cannot hold.
    [[nodiscard]] virtual Result<std::string> write(const SessionText& session, Random& random) const = 0;
    /// Errc::malformed, Errc::signature_invalid when nobody who has the secret wrote it, Errc::expired.
    [[nodiscard]] virtual Result<SessionText> read(std::string_view text, Time now) const = 0;
};

/// The codec of our own. `cookie_name` is bound into the value, so that no cookie of another name is taken
/// for it.
class SessionTextCodec final : public SessionCodec {
 public:
    SessionTextCodec(const crypto::Keyring& keyring, CookieProtection protection, std::string cookie_name)
        : keyring_(keyring), protection_(protection), cookie_name_(std::move(cookie_name)) {}

    [[nodiscard]] Result<std::string> write(const SessionText& session, Random& random) const override;
    [[nodiscard]] Result<SessionText> read(std::string_view text, Time now) const override;

 private:
    [[nodiscard]] Result<SecretText> open(std::string_view text) const;

    const crypto::Keyring& keyring_;
    CookieProtection protection_;
    std::string cookie_name_;
};

}  // namespace cardea::web
