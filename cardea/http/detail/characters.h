// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace cardea::http::detail {

constexpr bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

constexpr bool is_alpha(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr char to_lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) noexcept {
    if (is_digit(c)) {
        return c - '0';
    }
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A set of bytes that answers in one look-up, made at compile time.
class CharacterSet {
 public:
    /// Letters, digits and the characters of `others`.
    static constexpr CharacterSet alphanumeric_and(std::string_view others) noexcept {
        CharacterSet set;
        for (int i = 0; i < 128; ++i) {
            const char c = static_cast<char>(i);
            set.members_[static_cast<std::size_t>(i)] = is_alpha(c) || is_digit(c) || others.contains(c);
        }
        return set;
    }

    /// The bytes from `first` to `last`, both included.
    static constexpr CharacterSet range(std::uint8_t first, std::uint8_t last) noexcept {
        CharacterSet set;
        for (std::size_t i = first; i <= last; ++i) {
            set.members_[i] = true;
        }
        return set;
    }

    [[nodiscard]] constexpr CharacterSet with(std::string_view others) const noexcept {
        CharacterSet set = *this;
        for (const char c : others) {
            set.members_[static_cast<std::uint8_t>(c)] = true;
        }
        return set;
    }

    [[nodiscard]] constexpr CharacterSet without(std::string_view others) const noexcept {
        CharacterSet set = *this;
        for (const char c : others) {
            set.members_[static_cast<std::uint8_t>(c)] = false;
        }
        return set;
    }

    [[nodiscard]] constexpr CharacterSet with(const CharacterSet& other) const noexcept {
        CharacterSet set = *this;
        for (std::size_t i = 0; i < members_.size(); ++i) {
            set.members_[i] = members_[i] || other.members_[i];
        }
        return set;
    }

    [[nodiscard]] constexpr bool contains(char c) const noexcept {
        return members_[static_cast<std::uint8_t>(c)];
    }

    [[nodiscard]] constexpr bool contains_all(std::string_view text) const noexcept {
        for (const char c : text) {
            if (!contains(c)) {
                return false;
            }
        }
        return true;
    }

 private:
    std::array<bool, 256> members_{};
};

inline constexpr CharacterSet token_characters = CharacterSet::alphanumeric_and("!#$%&'*+-.^_`|~");
inline constexpr CharacterSet printable_ascii = CharacterSet::range(0x20, 0x7e);

}  // namespace cardea::http::detail
