// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/cookies/secret_keys.h"
#include "cardea/crypto/digest.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::cookies {

/// How the signing key comes out of the secret S and the salt: H(salt S), H(salt "signer" S), HMAC(S, salt),
/// or S itself.
enum class KeyDerivation : std::uint8_t { concat, django_concat, hmac, none };

/// What stands between a value and its signature.
enum class Separator : char { dot = '.', colon = ':' };

/// The options of a signer, with the defaults of itsdangerous 2.
struct SignerOptions {
    std::string salt = "itsdangerous.Signer";
    KeyDerivation key_derivation = KeyDerivation::django_concat;
    crypto::HashAlgorithm digest = crypto::HashAlgorithm::sha1;
    Separator separator = Separator::dot;
};

/// itsdangerous's Signer: `value.signature`, an HMAC as base64url. The value stays readable, and the
/// signature is good for ever.
///
/// Stricter than the original where that costs nothing: a signature has one spelling. (The last character of
/// 27 has two bits to spare, so that the original takes four spellings of every signature.)
class ItsdangerousSigner {
 public:
    explicit ItsdangerousSigner(const SecretKeys& secrets, const SignerOptions& options = {});

    [[nodiscard]] std::string sign(std::string_view value) const;

    /// The value, within `text`. Errc::malformed without a separator, else Errc::signature_invalid unless one
    /// of the secrets signed it with these options. Constant time.
    [[nodiscard]] Result<std::string_view> unsign(std::string_view text) const;

    /// The same for a value that ends with a time or the like. Errc::malformed when it does not.
    struct Stamped {
        std::string_view value;
        std::string_view stamp;  ///< what stands behind the last separator of what was signed
    };
    [[nodiscard]] Result<Stamped> unsign_stamped(std::string_view text) const;

    [[nodiscard]] char separator() const noexcept { return static_cast<char>(separator_); }

 private:
    std::vector<SecretText> keys_;  // derived, newest first
    crypto::HashAlgorithm digest_;
    Separator separator_;
};

/// A value and when it was signed, to the second.
struct TimedValue {
    std::string_view value;
    Time signed_at;
};

/// How old a signature may be; nullopt: as old as it likes.
using MaxAge = std::optional<std::chrono::seconds>;

/// itsdangerous's TimestampSigner: `value.timestamp.signature`.
class TimestampSigner {
 public:
    explicit TimestampSigner(const SecretKeys& secrets, const SignerOptions& options = {})
        : signer_(secrets, options) {}

    /// A time before 1970 counts as 1970.
    [[nodiscard]] std::string sign(std::string_view value, Time now) const;

    /// Errors as ItsdangerousSigner::unsign; Errc::malformed when what was signed has no timestamp;
    /// Errc::expired when it is older than `max_age`, to the whole second, or from the future. Without a
    /// `max_age` the time is not looked at, as in the original.
    [[nodiscard]] Result<TimedValue> unsign(std::string_view text, Time now, MaxAge max_age) const;

 private:
    ItsdangerousSigner signer_;
};

}  // namespace cardea::cookies
