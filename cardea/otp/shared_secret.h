// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/base32.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/digest.h"

#include <string_view>

namespace cardea::otp {

/// What the server and an authenticator app share (RFC 4226 section 5): the key of an HMAC. Whoever has it
/// makes every code, so it is stored sealed (crypto/keyring.h) and shown once.
class SharedSecret {
 public:
    static constexpr std::size_t max_bytes = 128;
    /// RFC 4226 R6: what is shorter can be found from a few codes.
    static constexpr std::size_t safe_bytes = 16;

    /// As long as the algorithm's digest, as RFC 6238 section 5.1 wants it: 20 bytes for SHA-1.
    [[nodiscard]] static SharedSecret make(
        Random& random, crypto::HashAlgorithm algorithm = crypto::HashAlgorithm::sha1
    );
    /// Secrets from elsewhere: 1 to max_bytes bytes, otherwise Errc::invalid.
    [[nodiscard]] static Result<SharedSecret> from_bytes(ByteView bytes);
    /// The same from base32. Errc::malformed, Errc::invalid.
    [[nodiscard]] static Result<SharedSecret> parse(
        std::string_view text, Base32Reading reading = Base32Reading::strict
    );

    /// In capitals without padding, as authenticator apps take it.
    [[nodiscard]] SecretText text() const;
    [[nodiscard]] ByteView expose() const noexcept { return as_bytes(bytes_.expose()); }
    /// Whether it is at least safe_bytes long. Shorter ones from elsewhere work, and should be replaced.
    [[nodiscard]] bool is_safe() const noexcept { return bytes_.size() >= safe_bytes; }
    [[nodiscard]] SharedSecret clone() const { return SharedSecret(bytes_.clone()); }

 private:
    explicit SharedSecret(SecretText bytes) noexcept : bytes_(std::move(bytes)) {}

    SecretText bytes_;
};

}  // namespace cardea::otp
