// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwe_algorithm.h"

#include <algorithm>
#include <array>

namespace cardea::jose {
namespace {

struct AlgorithmRow {
    std::string_view name;
    std::size_t wrapping_key_size;
};
constexpr std::array<AlgorithmRow, 11> algorithms{{
    {"dir", 0},
    {"A128KW", 16},
    {"A192KW", 24},
    {"A256KW", 32},
    {"A128GCMKW", 16},
    {"A192GCMKW", 24},
    {"A256GCMKW", 32},
    {"ECDH-ES", 0},
    {"ECDH-ES+A128KW", 16},
    {"ECDH-ES+A192KW", 24},
    {"ECDH-ES+A256KW", 32},
}};

struct EncryptionRow {
    std::string_view name;
    std::size_t key_size;
};
constexpr std::array<EncryptionRow, 6> encryptions{{
    {"A128CBC-HS256", 32},
    {"A192CBC-HS384", 48},
    {"A256CBC-HS512", 64},
    {"A128GCM", 16},
    {"A192GCM", 24},
    {"A256GCM", 32},
}};

template <class Enum, class Table>
std::optional<Enum> parse(const Table& table, std::string_view name) noexcept {
    const auto found = std::ranges::find(table, name, &Table::value_type::name);
    return found != table.end() ? std::optional(static_cast<Enum>(found - table.begin())) : std::nullopt;
}

}  // namespace

std::vector<ContentEncryption> all_content_encryptions() {
    using enum ContentEncryption;
    return {a128cbc_hs256, a192cbc_hs384, a256cbc_hs512, a128gcm, a192gcm, a256gcm};
}

std::string_view name(JweAlgorithm algorithm) noexcept {
    return algorithms[static_cast<std::size_t>(algorithm)].name;
}

std::string_view name(ContentEncryption encryption) noexcept {
    return encryptions[static_cast<std::size_t>(encryption)].name;
}

std::optional<JweAlgorithm> parse_jwe_algorithm(std::string_view name) noexcept {
    return parse<JweAlgorithm>(algorithms, name);
}

std::optional<ContentEncryption> parse_content_encryption(std::string_view name) noexcept {
    return parse<ContentEncryption>(encryptions, name);
}

std::size_t key_size(ContentEncryption encryption) noexcept {
    return encryptions[static_cast<std::size_t>(encryption)].key_size;
}

std::size_t wrapping_key_size(JweAlgorithm algorithm) noexcept {
    return algorithms[static_cast<std::size_t>(algorithm)].wrapping_key_size;
}

}  // namespace cardea::jose
