// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/service.h"
#include "cardea/base/json_writer.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What API keys look like as JSON: the same in the API, on the control socket and for `--json`.
namespace cardea::apikey {

/// The member "scopes" of an object, a list.
void write_scopes(JsonWriter& json, const ApiKeyRecord& key);

/// One key as an object, without its text.
void write_api_key(JsonWriter& json, const ApiKeyRecord& key);

/// A list of keys: `{api_keys}`.
[[nodiscard]] std::string api_keys_json(std::span<const ApiKeyRecord> keys);

/// How long a key shall live, as all three write it: "90d", or "never", which is nothing; an empty text is
/// default_lifetime. Errc::config with a sentence.
[[nodiscard]] Result<std::optional<Duration>> parse_key_lifetime(std::string_view text);

/// The answer that shows a key's text, once: `{key, api_key}`.
[[nodiscard]] std::string issued_api_key_json(const IssuedApiKey& issued);

}  // namespace cardea::apikey
