// SPDX-License-Identifier: Apache-2.0
/// cookies: values that a browser or a link carries for us and that must come back as they were. This header
/// is Cardea's own format; the others read and write what Python's frameworks keep in their cookies, to the
/// byte, so that a C++ program can stand beside one of them and share its sign-ins:
///
///     itsdangerous.h  url_safe.h        the library under most of them
///     starlette.h  flask.h  fastapi_sessions.h  pyview.h  flask_wtf.h  django.h
///
/// Pure functions over values: no clock, no I/O; objects are immutable and so thread-safe. A signature is
/// checked before anything else of a value is looked at, and always in constant time. No value here can be
/// taken back before it expires: what must be revocable belongs into session/.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::cookies {

/// The longest text that is written or read: beyond it browsers drop a cookie without a word.
inline constexpr std::size_t max_value_bytes = 4096;

/// A value whose signature was right and whose time is not over.
struct VerifiedValue {
    std::string payload;
    Time expires_at;
    crypto::KeyId key_id;  ///< which key made it: when it is not the newest, make the value anew
};

/// The same for a value that was encrypted.
struct OpenedValue {
    SecretText payload;
    Time expires_at;
    crypto::KeyId key_id;
};

/// Signs values that the browser may read but not change: `s1.KEYID.EXPIRES.PAYLOAD.MAC`, the payload as
/// base64url, the end in seconds since 1970, the MAC HMAC-SHA-256 of all before it under a key that is
/// derived for the purpose. The newest key signs, older ones verify until they leave the Keyring.
class SignedValues {
 public:
    /// `purpose` says what the values are for ("cart", "unsubscribe"): one that was signed for another
    /// purpose does not verify.
    SignedValues(const crypto::Keyring& keyring, std::string_view purpose);

    /// Good until `expires_at`, which is cut to a whole second. Errc::too_large when the text were longer
    /// than max_value_bytes, Errc::invalid for a time outside the years 1970 to 9999.
    [[nodiscard]] Result<std::string> sign(std::string_view payload, Time expires_at) const;

    /// Errc::malformed when it is no such text, Errc::signature_invalid unless a key that is here signed it
    /// for this purpose, Errc::expired from its end on.
    [[nodiscard]] Result<VerifiedValue> verify(std::string_view text, Time now) const;

 private:
    std::vector<crypto::DerivedKey> keys_;  // newest first, never empty
};

/// Seals values that the browser may neither read nor change: `e1.KEYID.SEALED`, which is base64url of a
/// random nonce, then end and payload under XChaCha20-Poly1305. Everything else is as with SignedValues.
class SealedValues {
 public:
    SealedValues(const crypto::Keyring& keyring, std::string_view purpose);

    /// Errors as SignedValues::sign.
    [[nodiscard]] Result<std::string> seal(std::string_view payload, Time expires_at, Random& random) const;

    /// Errors as SignedValues::verify.
    [[nodiscard]] Result<OpenedValue> open(std::string_view text, Time now) const;

 private:
    std::vector<crypto::DerivedKey> keys_;  // newest first, never empty
};

}  // namespace cardea::cookies
