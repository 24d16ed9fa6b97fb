// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/password_desk.h"
#include "cardea/account/store.h"
#include "cardea/password/blocklist.h"
#include "server/config/config.h"

#include <filesystem>

namespace cardea::server {

[[nodiscard]] password::PasswordPolicy make_password_policy(PasswordRules rules);

/// Reads a filter that `cardea password filter build` made. Errc::config with a sentence. Blocks.
[[nodiscard]] Result<password::Blocklist> load_blocklist(const std::filesystem::path& file);

/// What the password desk is made with: the settings, the blocklist that they name, and how the passwords in
/// the database are hashed. Errc::config with a sentence. Blocks.
[[nodiscard]] Result<account::PasswordDeskOptions> make_password_options(
    const Config& config, account::AccountStore& accounts
);

}  // namespace cardea::server
