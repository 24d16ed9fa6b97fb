// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base32.h"

#include "cardea/base/detail/digit_values.h"

#include <algorithm>
#include <array>

namespace cardea {
namespace {

using Values = std::array<std::uint8_t, 256>;

constexpr std::uint8_t nothing = 0xfe;  ///< the value of what is passed over

struct Alphabet {
    std::string_view digits;
    Values strict;
    Values lenient;

    /// `alike`: pairs of a letter and the digit that it is read as.
    constexpr explicit Alphabet(std::string_view text, std::string_view alike = {}) noexcept
        : digits(text), strict(detail::digit_values(text)), lenient(strict) {
        for (std::size_t i = 0; i < alike.size(); i += 2) {
            lenient[index(alike[i])] = strict[index(alike[i + 1])];
        }
        for (char c = 'A'; c <= 'Z'; ++c) {
            std::uint8_t& capital = lenient[index(c)];
            std::uint8_t& small = lenient[index(c) ^ 0x20U];
            capital = small = std::min(capital, small);  // one of the two is no digit yet
        }
        lenient[index(' ')] = lenient[index('-')] = nothing;
    }

    [[nodiscard]] static constexpr std::size_t index(char c) noexcept { return static_cast<std::uint8_t>(c); }
};

constexpr Alphabet crockford("0123456789abcdefghjkmnpqrstvwxyz", "o0i1l1");
constexpr Alphabet standard("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

/// The characters that `bytes` bytes become.
constexpr std::size_t digits_of(std::size_t bytes) noexcept {
    return (bytes * 8 + 4) / 5;
}

std::string encode(const Alphabet& alphabet, ByteView bytes) {
    std::string text;
    text.reserve(digits_of(bytes.size()));
    std::uint32_t pending = 0;
    unsigned bits = 0;
    for (const std::uint8_t byte : bytes) {
        pending = (pending << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) {
            text.push_back(alphabet.digits[(pending >> (bits - 5)) & 31U]);
        }
    }
    if (bits > 0) {
        text.push_back(alphabet.digits[(pending << (5 - bits)) & 31U]);
    }
    return text;
}

std::size_t count_digits(const Values& values, std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, [&](char c) {
        return values[Alphabet::index(c)] != nothing;
    }));
}

bool decode(const Values& values, std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (count_digits(values, text) != digits_of(out.size())) {
        return false;
    }
    std::uint32_t pending = 0;
    unsigned bits = 0;
    std::size_t filled = 0;
    for (const char c : text) {
        const std::uint8_t value = values[Alphabet::index(c)];
        if (value == nothing) {
            continue;
        }
        if (value == detail::not_a_digit) {
            return false;
        }
        pending = (pending << 5) | value;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[filled++] = static_cast<std::uint8_t>(pending >> bits);
        }
    }
    return (pending & ((1U << bits) - 1U)) == 0;  // one text for one value
}

/// The text without its padding; unchanged, and so malformed, when that is neither whole nor absent.
std::string_view without_padding(std::string_view text) noexcept {
    const std::string_view digits = text.substr(0, text.find('='));
    return text.size() % 8 == 0 && text.size() - digits.size() < 8 &&
                   std::ranges::count(text, '=') == static_cast<std::ptrdiff_t>(text.size() - digits.size())
               ? digits
               : text;
}

Result<Bytes> decode(const Values& values, std::string_view text) {
    Bytes bytes(count_digits(values, text) * 5 / 8);
    if (!decode(values, text, bytes)) {
        wipe(bytes.data(), bytes.size());
        return fail(Errc::malformed, "base32");
    }
    return bytes;
}

}  // namespace

std::string crockford32_encode(ByteView bytes) {
    return encode(crockford, bytes);
}

bool crockford32_decode(std::string_view text, std::span<std::uint8_t> out, Base32Reading reading) noexcept {
    return decode(reading == Base32Reading::strict ? crockford.strict : crockford.lenient, text, out);
}

std::string base32_encode(ByteView bytes) {
    return encode(standard, bytes);
}

Result<Bytes> base32_decode(std::string_view text, Base32Reading reading) {
    return reading == Base32Reading::strict
               ? decode(standard.strict, without_padding(text))
               : decode(standard.lenient, text.substr(0, text.find_last_not_of("= -") + 1));
}

}  // namespace cardea
