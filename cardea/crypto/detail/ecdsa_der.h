// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <array>

namespace cardea::crypto::detail {

/// An ECDSA signature as OpenSSL reads it, SEQUENCE { INTEGER r, INTEGER s } in DER (RFC 3279 section 2.2.3),
/// made without an allocation from r and s side by side.
class EcdsaDer {
 public:
    /// False unless `raw` is two numbers of `size` bytes each.
    [[nodiscard]] bool encode(ByteView raw, std::size_t size) noexcept;
    [[nodiscard]] ByteView bytes() const noexcept { return ByteView(bytes_).first(size_); }

 private:
    void append(std::uint8_t byte) noexcept { bytes_[size_++] = byte; }
    void append_integer(ByteView number) noexcept;

    std::array<std::uint8_t, 3 + 2 * (2 + 67)> bytes_;  // P-521: two numbers of 66 bytes and a sign
    std::size_t size_ = 0;
};

/// The reverse, for what OpenSSL signed. Errc::internal when it is no such signature.
[[nodiscard]] Result<Bytes> raw_signature(ByteView der, std::size_t size);

}  // namespace cardea::crypto::detail
