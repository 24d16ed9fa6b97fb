// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

/// Bytes that are owned, and bytes that are looked at.
using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The same memory, seen as bytes.
[[nodiscard]] inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The same memory, seen as characters.
[[nodiscard]] inline std::string_view as_text(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether two byte strings are equal, in time that depends only on their lengths.
[[nodiscard]] bool constant_time_equal(ByteView a, ByteView b) noexcept;

/// Overwrites memory with zeros in a way the compiler may not leave out.
void wipe(void* memory, std::size_t size) noexcept;

}  // namespace cardea
