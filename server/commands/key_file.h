// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwk.h"

#include <string>
#include <vector>

namespace cardea::server {

/// The keys of a file: one JWK, a JWK Set, or one key in PEM; at least one. Errc::config with a sentence.
[[nodiscard]] Result<std::vector<jose::Jwk>> read_key_file(const std::string& path);

/// What `make(jwk)`, which is a Result<Key>, makes of the keys of a file. Errc::config with a sentence when
/// it is nothing.
template <class Key, class Make>
[[nodiscard]] Result<std::vector<Key>> read_keys(const std::string& path, Make make) {
    const Result<std::vector<jose::Jwk>> jwks = read_key_file(path);
    if (!jwks) {
        return std::unexpected(jwks.error());
    }
    std::vector<Key> keys;
    std::string reason;
    for (const jose::Jwk& jwk : *jwks) {
        Result<Key> key = make(jwk);
        if (key) {
            keys.push_back(*std::move(key));
        } else if (reason.empty()) {
            reason = key.error().context;
        }
    }
    if (keys.empty()) {
        return fail(Errc::config, path + ": no key for this (" + reason + ")");
    }
    return keys;
}

/// The names of the algorithms that sign, for --alg.
[[nodiscard]] std::vector<std::string> jws_algorithm_names();

}  // namespace cardea::server
