// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/password/policy.h"

#include <string>

namespace cardea::identity {

/// What a policy asks of a new password, said before it is chosen: "At least 15 characters. ..."
[[nodiscard]] std::string password_hint(const password::PasswordPolicy& policy);

/// Why the policy refused a password, for a code of password::is_policy_refusal(): "Please use at least 15
/// characters."
[[nodiscard]] std::string password_refusal(Errc code, const password::PasswordPolicy& policy);

}  // namespace cardea::identity
