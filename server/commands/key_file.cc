// SPDX-License-Identifier: Apache-2.0
#include "server/commands/key_file.h"

#include "cardea/jose/algorithm.h"
#include "cardea/jose/jwk_set.h"
#include "server/commands/input.h"

#include <algorithm>

namespace cardea::server {
namespace {

/// A set of one, or all of a set.
Result<jose::JwkSet> parse_keys(std::string_view text) {
    if (text.contains("-----BEGIN ")) {
        Result<jose::Jwk> key = jose::Jwk::from_pem(text);
        return key ? Result<jose::JwkSet>(jose::JwkSet({std::move(*key)})) : propagate(key);
    }
    const Result<Json> json = parse_json(text);
    if (!json) {
        return std::unexpected(json.error());
    }
    if (json->find("keys") != nullptr) {
        return jose::JwkSet::from_json(*json);
    }
    Result<jose::Jwk> key = jose::Jwk::from_json(*json);
    return key ? Result<jose::JwkSet>(jose::JwkSet({std::move(*key)})) : propagate(key);
}

}  // namespace

Result<std::vector<jose::Jwk>> read_key_file(const std::string& path) {
    const Result<SecretText> text = read_secret_file(path);
    if (!text) {
        return std::unexpected(text.error());
    }
    const Result<jose::JwkSet> set = parse_keys(text->expose());
    if (!set) {
        return fail(Errc::config, path + ": no usable JWK, JWK Set or PEM key (" + set.error().context + ")");
    }
    if (set->keys().empty()) {
        const std::string reason = set->left_out().empty() ? "it is empty" : set->left_out()[0].context;
        return fail(Errc::config, path + ": no usable key in the JWK Set (" + reason + ")");
    }
    return std::vector<jose::Jwk>(set->keys().begin(), set->keys().end());
}

std::vector<std::string> jws_algorithm_names() {
    std::vector<std::string> names(jose::all_jws_algorithms.size());
    std::ranges::transform(jose::all_jws_algorithms, names.begin(), [](jose::JwsAlgorithm one) {
        return std::string(name(one));
    });
    return names;
}

}  // namespace cardea::server
