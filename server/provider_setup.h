// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/fetch/client.h"
#include "cardea/identity/system.h"
#include "server/config/config.h"

#include <memory>

namespace cardea::server {

/// Puts the providers of the configuration among the options, and makes the network over which they are
/// asked; without any it stays absent. Reads the files of their secrets. Errc::config with a sentence.
/// Blocks.
[[nodiscard]] Result<> offer_providers(
    const Config& config, identity::SystemOptions& options, std::unique_ptr<fetch::Client>& network
);

}  // namespace cardea::server
