// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json_writer.h"
#include "server/config/loader.h"

#include <string>

namespace cardea::server {

/// The whole configuration as a TOML file, each value with where it came from. Secrets are `***`.
[[nodiscard]] std::string to_toml(const LoadedConfig& loaded);

/// The same as the members of a JSON object: `settings`, by name, each with its `value` and where it came
/// `from`, and `providers`. Secrets are `***`.
void write_json(JsonWriter& json, const LoadedConfig& loaded);

/// docs/reference/config.md: every setting, from the same table that reads them.
[[nodiscard]] std::string make_reference();

}  // namespace cardea::server
