// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/enum_counts.h"
#include "cardea/base/errc.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cardea::audit {

/// What a sign-in came to, by a password or by a provider.
enum class SignInOutcome : std::uint8_t {
    signed_in,
    refused,      ///< the name, the password or the identity does not let anybody in
    limited,      ///< too many tries: nothing was looked at
    unavailable,  ///< the store, the hashing or the provider could not be asked
};
inline constexpr std::size_t sign_in_outcomes = 4;

/// "signed_in": as metrics have it.
[[nodiscard]] std::string_view name(SignInOutcome outcome) noexcept;
/// That of a refusal; of none, a success.
[[nodiscard]] SignInOutcome outcome_of(std::optional<Errc> refusal) noexcept;

/// How often each outcome was.
using SignInCounts = EnumCounts<SignInOutcome, sign_in_outcomes>;

}  // namespace cardea::audit
