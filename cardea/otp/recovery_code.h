// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cardea::otp {

/// What a store holds of a recovery code.
using RecoveryCodeHash = std::array<std::uint8_t, 32>;

/// A code on paper that lets somebody in once without their authenticator: 120 random bits, since from 112 on
/// a fast hash is enough (ASVS 5.0 V6.5.2, SP 800-63B-4 section 3.1.2.2). Shown when it is made, never again;
/// stored as its hash; removed from the store in the same step that lets the person in.
class RecoveryCode {
 public:
    [[nodiscard]] static RecoveryCode make(Random& random) { return RecoveryCode(random.secret<bits / 8>()); }

    /// What somebody typed: in any case, with blanks and dashes anywhere, O read as 0 and I and L as 1.
    /// Errc::malformed when it is no recovery code.
    [[nodiscard]] static Result<RecoveryCode> parse(std::string_view typed);

    /// "8k3m-x0qp-2vtn-97ch-ra6w-e5dz": 24 characters that are hard to mistake for each other (Crockford's
    /// base32).
    [[nodiscard]] SecretText text() const;

    /// HMAC-SHA-256 of the account's id under the code: so that who copied the database must guess for each
    /// account anew.
    [[nodiscard]] RecoveryCodeHash hash(ByteView account) const noexcept;

 private:
    static constexpr std::size_t bits = 120;

    explicit RecoveryCode(SecretBytes<bits / 8> bytes) noexcept : bytes_(std::move(bytes)) {}

    SecretBytes<bits / 8> bytes_;
};

/// A new set, which replaces the account's old one.
[[nodiscard]] std::vector<RecoveryCode> make_recovery_codes(Random& random, std::size_t count = 10);

/// Which of the account's unused hashes the code belongs to, for the store to consume. Every one is compared,
/// in constant time. Errc::malformed when it is no recovery code, Errc::credentials_wrong when it is none of
/// these.
[[nodiscard]] Result<std::size_t> verify_recovery_code(
    std::string_view typed, ByteView account, std::span<const RecoveryCodeHash> unused
);

}  // namespace cardea::otp
