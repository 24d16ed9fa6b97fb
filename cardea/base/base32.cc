// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base32.h"

#include "cardea/base/detail/digit_values.h"

#include <algorithm>
#include <array>

namespace cardea {
namespace {

struct Alphabet {
    std::string_view digits;
    std::array<std::uint8_t, 256> values;

    constexpr explicit Alphabet(std::string_view text) noexcept
        : digits(text), values(detail::digit_values(text)) {}
};

constexpr Alphabet crockford("0123456789abcdefghjkmnpqrstvwxyz");
constexpr Alphabet standard("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");

std::string encode(const Alphabet& alphabet, ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
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

bool decode(const Alphabet& alphabet, std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.size() != (out.size() * 8 + 4) / 5) {
        return false;
    }
    std::uint32_t pending = 0;
    unsigned bits = 0;
    std::size_t filled = 0;
    for (const char c : text) {
        const std::uint8_t value = alphabet.values[static_cast<std::uint8_t>(c)];
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

/// Only the digits of a text that a person copied, as capitals.
std::string tidy(std::string_view text) {
    std::string digits;
    digits.reserve(text.size());  // growing would leave copies behind
    for (const char c : text.substr(0, text.find_last_not_of("= -") + 1)) {
        if (c != ' ' && c != '-') {
            digits.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return digits;
}

Result<Bytes> decode_standard(std::string_view digits) {
    Bytes bytes(digits.size() * 5 / 8);
    if (!decode(standard, digits, bytes)) {
        wipe(bytes.data(), bytes.size());
        return fail(Errc::malformed, "base32");
    }
    return bytes;
}

}  // namespace

std::string crockford32_encode(ByteView bytes) {
    return encode(crockford, bytes);
}

bool crockford32_decode(std::string_view text, std::span<std::uint8_t> out) noexcept {
    return decode(crockford, text, out);
}

std::string base32_encode(ByteView bytes) {
    return encode(standard, bytes);
}

Result<Bytes> base32_decode(std::string_view text, Base32Reading reading) {
    if (reading == Base32Reading::strict) {
        return decode_standard(without_padding(text));
    }
    std::string digits = tidy(text);
    Result<Bytes> bytes = decode_standard(digits);
    wipe(digits.data(), digits.size());  // it may be a secret
    return bytes;
}

}  // namespace cardea
