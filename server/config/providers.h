// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/oauth/provider.h"
#include "server/config/loader.h"

#include <string>
#include <vector>

namespace cardea::server {

/// Reads the entries of `[[providers]]` into the configuration, and what is wrong with them.
void read_providers(Gathered& gathered, LoadedConfig& loaded);

/// Finds what is wrong with each entry and with all together; asks no network and reads no file.
void check_providers(const LoadedConfig& loaded, std::vector<Mistake>& mistakes);

/// "/login/google/callback".
[[nodiscard]] std::string callback_path(const ProviderConfig& provider);

/// What the OAuth client is made of. Reads `client_secret_file`: Errc::config with a sentence. Blocks.
[[nodiscard]] Result<oauth::ProviderOptions> make_provider_options(
    const ProviderConfig& provider, const Config& config
);

}  // namespace cardea::server
