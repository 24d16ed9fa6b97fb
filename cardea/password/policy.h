// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/password/password.h"

#include <span>

namespace cardea::password {

enum class Composition : std::uint8_t {
    any,           ///< as SP 800-63B-4 and ASVS 6.2.5 want it
    four_classes,  ///< upper case, lower case, digit and another character: what older guides ask for
};

/// What a new password must be like. Existing ones are not measured against it.
struct PasswordPolicy {
    std::size_t min_code_points = 12;
    std::size_t max_bytes = max_password_bytes;
    Composition composition = Composition::any;

    /// SP 800-63B-4 to the letter, where the password is the only factor.
    [[nodiscard]] static constexpr PasswordPolicy nist() { return {.min_code_points = 15}; }
    /// The same beside a second factor.
    [[nodiscard]] static constexpr PasswordPolicy nist_with_second_factor() { return {.min_code_points = 8}; }
    [[nodiscard]] static constexpr PasswordPolicy four_classes() {
        return {.composition = Composition::four_classes};
    }
};

/// Whether a person may choose this password. `context` holds what is known of them and of the site: user
/// name, e-mail address, display name, site name. Errc::password_too_short, password_too_long,
/// password_too_simple, or password_blocked when it contains a word of the context (four code points or more;
/// of an address the part before the @) or is one sequence or repetition.
[[nodiscard]] Result<> check_password(
    const Password& password, const PasswordPolicy& policy, std::span<const std::string_view> context
);

/// Whether check_password() refuses with this code: the person can do better by choosing another password.
[[nodiscard]] bool is_policy_refusal(Errc code) noexcept;

}  // namespace cardea::password
