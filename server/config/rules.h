// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/loader.h"

#include <vector>

namespace cardea::server {

/// The address that people see where nobody named one: localhost, by the first port of `listen`.
void derive_public_url(Config& config);

/// The defaults that depend on other settings: `public_url` on `listen`, `registration` on both.
void fill_in_defaults(LoadedConfig& loaded);

/// Finds settings that do not fit together.
void check_together(const LoadedConfig& loaded, std::vector<Mistake>& mistakes);

}  // namespace cardea::server
