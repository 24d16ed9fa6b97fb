// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cardea::jose {

/// How the recipient comes by the key that encrypts the content: the header's `alg` (RFC 7518 section 4.1).
/// Left out on purpose: RSA1_5 (padding oracles), RSA-OAEP (ECDH-ES does the same with smaller keys), PBES2
/// (whoever sends it chooses how long we compute).
enum class JweAlgorithm : std::uint8_t {
    dir,  ///< it is the key they share
    a128kw,
    a192kw,
    a256kw,  ///< wrapped with a key they share, by AES Key Wrap
    a128gcmkw,
    a192gcmkw,
    a256gcmkw,  ///< the same by AES-GCM
    ecdh_es,    ///< agreed with the recipient's public key
    ecdh_es_a128kw,
    ecdh_es_a192kw,
    ecdh_es_a256kw,  ///< wrapped with a key agreed like that
};

/// How the content is encrypted: the header's `enc` (RFC 7518 section 5.1).
enum class ContentEncryption : std::uint8_t {
    a128cbc_hs256,
    a192cbc_hs384,
    a256cbc_hs512,
    a128gcm,
    a192gcm,
    a256gcm
};

/// For a reader that takes them all.
[[nodiscard]] std::vector<ContentEncryption> all_content_encryptions();

/// As the RFC spells it.
[[nodiscard]] std::string_view name(JweAlgorithm algorithm) noexcept;
[[nodiscard]] std::string_view name(ContentEncryption encryption) noexcept;

/// nullopt for every other spelling.
[[nodiscard]] std::optional<JweAlgorithm> parse_jwe_algorithm(std::string_view name) noexcept;
[[nodiscard]] std::optional<ContentEncryption> parse_content_encryption(std::string_view name) noexcept;

/// The bytes of the key that encrypts the content.
[[nodiscard]] std::size_t key_size(ContentEncryption encryption) noexcept;

/// The bytes of the key that wraps another one; 0 for the two algorithms that wrap nothing.
[[nodiscard]] std::size_t wrapping_key_size(JweAlgorithm algorithm) noexcept;

/// Whether the key is agreed on with an ephemeral one of the sender (RFC 7518 section 4.6).
[[nodiscard]] constexpr bool uses_ecdh(JweAlgorithm algorithm) noexcept {
    return algorithm >= JweAlgorithm::ecdh_es;
}

}  // namespace cardea::jose
