// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/password/blocklist.h"
#include "cardea/password/policy.h"
#include "server/config/config.h"

namespace cardea::server {

/// What the rules ask of new passwords.
[[nodiscard]] password::PasswordPolicy make_password_policy(PasswordRules rules);

/// Reads a filter that `cardea password filter build` made. Errc::config with a sentence. Blocks.
[[nodiscard]] Result<password::Blocklist> load_blocklist(const std::filesystem::path& file);

}  // namespace cardea::server
