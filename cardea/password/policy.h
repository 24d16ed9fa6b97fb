// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/password/blocklist.h"
#include "cardea/password/password.h"

#include <span>

namespace cardea::password {

/// Which characters a password must have.
enum class Composition : std::uint8_t {
    any,           ///< as SP 800-63B-4 and ASVS 6.2.5 want it
    four_classes,  ///< upper case, lower case, digit and another character: what older guides ask for
};

/// Whether a password may stand on a list of common ones.
enum class CommonPasswords : std::uint8_t { refused, allowed };

/// What a new password must be like. Existing ones are not measured against it.
struct PasswordPolicy {
    std::size_t min_code_points = 12;
    std::size_t max_bytes = max_password_bytes;
    Composition composition = Composition::any;
    int min_score = 3;  ///< of estimate_strength(); 0: not measured
    CommonPasswords common = CommonPasswords::refused;

    /// SP 800-63B-4 to the letter, where the password is the only factor: length and blocklist, nothing else.
    [[nodiscard]] static constexpr PasswordPolicy nist() { return {.min_code_points = 15, .min_score = 0}; }
    /// The same beside a second factor.
    [[nodiscard]] static constexpr PasswordPolicy nist_with_second_factor() {
        return {.min_code_points = 8, .min_score = 0};
    }
    [[nodiscard]] static constexpr PasswordPolicy four_classes() {
        return {.composition = Composition::four_classes};
    }
};

/// What a password must not be or be made of.
struct PolicyContext {
    /// What is known of the person and of the site: user name, e-mail address, display name, site name.
    std::span<const std::string_view> words;
    /// A list beside the built-in one; may be nullptr.
    const Blocklist* further = nullptr;
};

/// Whether a person may choose this password. Errc::password_too_short, password_too_long,
/// password_too_simple, or password_blocked when it is on a blocklist, contains a word of the context (four
/// code points or more; of an address the part before the @), is one sequence or repetition, or is guessed
/// too soon. Takes a millisecond or two.
[[nodiscard]] Result<> check_password(
    const Password& password, const PasswordPolicy& policy, const PolicyContext& context
);

/// Whether check_password() refuses with this code: the person can do better by choosing another password.
[[nodiscard]] bool is_policy_refusal(Errc code) noexcept;

}  // namespace cardea::password
