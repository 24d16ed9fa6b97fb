// SPDX-License-Identifier: Apache-2.0
#include "server/commands/key_file.h"

#include "server/commands/input.h"

#include <utility>

namespace cardea::server {
namespace {

using jose::Jwk;
using jose::JwkSet;

Result<JwkSet> set_of_one(Result<Jwk> jwk) {
    if (!jwk) {
        return propagate(jwk);
    }
    std::vector<Jwk> keys;
    keys.push_back(*std::move(jwk));
    return JwkSet(std::move(keys));
}

Result<JwkSet> read_keys(std::string_view text) {
    if (text.contains("-----BEGIN ")) {
        return set_of_one(Jwk::from_pem(text));
    }
    const Result<Json> json = parse_json(text);
    if (!json) {
        return std::unexpected(json.error());
    }
    return json->find("keys") != nullptr ? JwkSet::from_json(*json) : set_of_one(Jwk::from_json(*json));
}

}  // namespace

Result<JwkSet> read_key_file(const std::string& path) {
    const Result<SecretText> text = read_secret_file(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    Result<JwkSet> keys = read_keys(text->expose());
    if (keys && !keys->keys().empty()) {
        return keys;
    }
    std::string reason = "no key in it can be used";
    if (!keys) {
        reason = keys.error().context;
    } else if (!keys->left_out().empty()) {
        reason = keys->left_out().front().context;
    }
    return fail(Errc::config, "cannot use the key file " + path + ": " + reason);
}

}  // namespace cardea::server
