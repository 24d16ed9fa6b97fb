// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwk.h"

#include <string>
#include <vector>

namespace cardea::server {

/// The keys of a file: one JWK, a JWK Set, or one key in PEM; at least one. Errc::config with a sentence.
[[nodiscard]] Result<std::vector<jose::Jwk>> read_key_file(const std::string& path);

/// The names of the algorithms that sign, for --alg.
[[nodiscard]] std::vector<std::string> jws_algorithm_names();

}  // namespace cardea::server
