// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/password_desk.h"
#include "server/config/config.h"

namespace cardea::server {

/// What the settings say about passwords: how they are hashed, and what is asked of new ones. Reads the
/// blocklist that they name, which `cardea password filter build` made. Errc::config with a sentence. Blocks.
[[nodiscard]] Result<account::PasswordDeskOptions> make_password_desk_options(const Config& config);

}  // namespace cardea::server
