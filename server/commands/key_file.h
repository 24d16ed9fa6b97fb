// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwk_set.h"

#include <string>

namespace cardea::server {

/// The keys in a file: one JWK, a JWK Set, or a private or public key in PEM. Errc::config with a sentence
/// when it cannot be read or holds none that can be used.
[[nodiscard]] Result<jose::JwkSet> read_key_file(const std::string& path);

}  // namespace cardea::server
