// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/password_desk.h"
#include "server/config/config.h"

namespace cardea::server {

/// What the password desk is made with: the settings, the blocklist and the breach service that they name.
/// Errc::config with a sentence. Blocks.
[[nodiscard]] Result<account::PasswordDeskOptions> make_password_options(const Config& config);

}  // namespace cardea::server
