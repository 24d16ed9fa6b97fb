// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/password/detail/encoding.h"

#include <cstdint>
#include <string_view>

namespace cardea::password::detail {

/// How many bytes a field may hold.
struct Sizes {
    std::size_t least;
    std::size_t most;
};

// What a stored hash may bring along, whatever its scheme.
inline constexpr Sizes salt_sizes{0, 64};
inline constexpr Sizes digest_sizes{16, 64};

/// Reads a stored hash from left to right. The first thing that is not as it should be spoils the reader:
/// from then on every answer is empty, and is_done() is false. So a parser reads all its fields and asks
/// once.
class FieldReader {
 public:
    explicit FieldReader(std::string_view text) noexcept : rest_(text) {}

    /// Passes over exactly this text.
    void literal(std::string_view text) noexcept;
    /// Whether the text goes on like this; if so, passes over it.
    [[nodiscard]] bool accept(std::string_view text) noexcept;
    /// What stands before `stop`, and passes over both.
    std::string_view field(char stop) noexcept;
    /// Everything that is left.
    std::string_view last() noexcept;

    /// The next `size` characters.
    std::string_view take(std::size_t size) noexcept;

    /// A salt that is hashed as the text it is, up to `$`.
    Bytes text_salt();
    /// A decimal number without sign or leading zero, up to `stop`.
    std::uint32_t number(char stop) noexcept;
    Bytes bytes(char stop, Encoding encoding, Sizes sizes);
    Bytes last_bytes(Encoding encoding, Sizes sizes);

    /// Whether everything was read and nothing was wrong.
    [[nodiscard]] bool is_done() const noexcept { return !is_spoilt_ && rest_.empty(); }
    void spoil() noexcept;

 private:
    Bytes decoded(std::string_view text, Encoding encoding, Sizes sizes);

    std::string_view rest_;
    bool is_spoilt_ = false;
};

}  // namespace cardea::password::detail
