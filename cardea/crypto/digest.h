// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace cardea::crypto {

/// The hash functions that the formats around us name. SHA-1 is here for HMAC in formats that are older than
/// us (RFC 4226, itsdangerous), where its collisions do no harm; nothing of our own uses it.
enum class HashAlgorithm : std::uint8_t { sha1, sha256, sha384, sha512 };

/// The bytes of its digest: 20, 32, 48 or 64.
[[nodiscard]] constexpr std::size_t digest_size(HashAlgorithm algorithm) noexcept {
    constexpr std::array<std::size_t, 4> sizes{20, 32, 48, 64};
    return sizes[static_cast<std::size_t>(algorithm)];
}

/// What a hash function or an HMAC answers, without an allocation. Where it is a MAC, compare it with
/// constant_time_equal.
class Digest {
 public:
    explicit Digest(HashAlgorithm algorithm) noexcept : size_(digest_size(algorithm)) {}

    [[nodiscard]] ByteView bytes() const noexcept { return ByteView(bytes_).first(size_); }
    [[nodiscard]] std::span<std::uint8_t> bytes() noexcept { return std::span(bytes_).first(size_); }

 private:
    std::array<std::uint8_t, 64> bytes_{};
    std::size_t size_;
};

/// The digest of a message by the hash function that a foreign format names.
[[nodiscard]] Digest digest(HashAlgorithm algorithm, ByteView message) noexcept;

}  // namespace cardea::crypto
