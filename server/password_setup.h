// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/password_desk.h"
#include "cardea/account/store.h"
#include "server/config/config.h"

namespace cardea::server {

/// What the password desk is made with: the settings, the blocklist that they name, and how the passwords in
/// the database are hashed. Errc::config with a sentence. Blocks.
[[nodiscard]] Result<account::PasswordDeskOptions> make_password_options(
    const Config& config, account::AccountStore& accounts
);

}  // namespace cardea::server
