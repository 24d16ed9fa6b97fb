// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwk_set.h"

#include "cardea/base/json_writer.h"

namespace cardea::jose {
namespace {

constexpr std::size_t max_keys = 100;
constexpr JsonLimits limits{.depth = 8, .values = 10'000, .members = 50};

}  // namespace

Result<JwkSet> JwkSet::parse(std::string_view text) {
    const Result<Json> json = parse_json(text, limits);
    if (!json) {
        return std::unexpected(json.error());
    }
    return from_json(*json);
}

Result<JwkSet> JwkSet::from_json(const Json& json) {
    const Json* members = json.find("keys");
    if (members == nullptr || !members->is_array()) {
        return fail(Errc::malformed, "jwk set: keys");
    }
    if (members->items().size() > max_keys) {
        return fail(Errc::too_large, "jwk set: more than 100 keys");
    }
    JwkSet set({});
    for (const Json& member : members->items()) {
        Result<Jwk> key = Jwk::from_json(member);
        if (key) {
            set.keys_.push_back(std::move(*key));
        } else {
            set.left_out_.push_back(std::move(key).error());
        }
    }
    return set;
}

std::string JwkSet::to_json() const {
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("keys").begin_array();
    for (const Jwk& key : keys_) {
        if (key.symmetric() == nullptr) {
            json.raw(key.to_json());
        }
    }
    json.end_array().end_object();
    return text;
}

}  // namespace cardea::jose
