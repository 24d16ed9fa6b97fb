// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/json.h"

#include "cardea/base/duration_text.h"

#include <ranges>

namespace cardea::apikey {

void write_scopes(JsonWriter& json, const ApiKeyRecord& key) {
    json.key("scopes").begin_array();
    for (const auto scope : std::views::split(std::string_view(key.scopes), ' ')) {
        json.value(std::string_view(scope));
    }
    json.end_array();
}

void write_api_key(JsonWriter& json, const ApiKeyRecord& key) {
    json.begin_object().member("id", key.id).member("name", key.name).member("hint", key.hint);
    write_scopes(json, key);
    json.member("created_at", key.created_at)
        .member("expires_at", key.expires_at)
        .member("last_used_at", key.last_used_at)
        .member(
            "replaced_by", key.replaced_by.is_nil() ? std::nullopt : std::optional<ApiKeyId>(key.replaced_by)
        )
        .end_object();
}

std::string api_keys_json(std::span<const ApiKeyRecord> keys) {
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("api_keys").begin_array();
    for (const ApiKeyRecord& key : keys) {
        write_api_key(json, key);
    }
    json.end_array().end_object();
    return body;
}

Result<std::optional<Duration>> parse_key_lifetime(std::string_view text) {
    if (text.empty()) {
        return std::optional<Duration>(default_lifetime);
    }
    if (text == "never") {
        return std::optional<Duration>();
    }
    Result<Duration> lifetime = parse_duration(text);
    if (!lifetime) {
        return propagate(lifetime);
    }
    return std::optional<Duration>(*lifetime);
}

std::string issued_api_key_json(const IssuedApiKey& issued) {
    std::string body;
    JsonWriter json(body);
    json.begin_object().member("key", issued.key.text().expose()).key("api_key");
    write_api_key(json, issued.record);
    json.end_object();
    return body;
}

}  // namespace cardea::apikey
