// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/algorithm.h"

#include <algorithm>
#include <array>

namespace cardea::jose {
namespace {

constexpr std::array<std::string_view, 13> names{
    "HS256",
    "HS384",
    "HS512",
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA"
};

}  // namespace

std::string_view name(JwsAlgorithm algorithm) noexcept {
    return names[static_cast<std::size_t>(algorithm)];
}

std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view name) noexcept {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<JwsAlgorithm>(found - names.begin());
}

}  // namespace cardea::jose
