// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"

#include "cardea/base/assert.h"
#include "cardea/base/detail/digit_values.h"

#include <array>

namespace cardea {
namespace {

using detail::not_a_digit;

struct Alphabet {
    std::array<char, 64> digits{};
    std::array<std::uint8_t, 256> values{};

    constexpr explicit Alphabet(std::string_view last_two) {
        constexpr std::string_view first = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (std::size_t i = 0; i < digits.size(); ++i) {
            digits[i] = i < first.size() ? first[i] : last_two[i - first.size()];
        }
        values = detail::digit_values({digits.data(), digits.size()});
    }

    [[nodiscard]] char digit(std::uint32_t group, unsigned shift) const noexcept {
        return digits[(group >> shift) & 63U];
    }
    [[nodiscard]] std::uint32_t value(char c) const noexcept { return values[static_cast<std::uint8_t>(c)]; }
};

constexpr Alphabet url_alphabet("-_");
constexpr Alphabet standard_alphabet("+/");

void encode(const Alphabet& alphabet, ByteView bytes, std::span<char> out) noexcept {
    CARDEA_ASSERT(out.size() == base64url_size(bytes.size()));
    std::size_t in = 0;
    char* to = out.data();
    for (; in + 3 <= bytes.size(); in += 3, to += 4) {
        const std::uint32_t group =
            std::uint32_t{bytes[in]} << 16 | std::uint32_t{bytes[in + 1]} << 8 | std::uint32_t{bytes[in + 2]};
        to[0] = alphabet.digit(group, 18);
        to[1] = alphabet.digit(group, 12);
        to[2] = alphabet.digit(group, 6);
        to[3] = alphabet.digit(group, 0);
    }
    if (const std::size_t left = bytes.size() - in; left > 0) {
        const std::uint32_t second = left == 2 ? bytes[in + 1] : 0;
        const std::uint32_t group = std::uint32_t{bytes[in]} << 16 | second << 8;
        to[0] = alphabet.digit(group, 18);
        to[1] = alphabet.digit(group, 12);
        if (left == 2) {
            to[2] = alphabet.digit(group, 6);
        }
    }
}

/// The last two or three characters of a text, which stand for one or two bytes.
bool decode_tail(const Alphabet& alphabet, std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.empty()) {
        return true;
    }
    const std::uint32_t a = alphabet.value(text[0]);
    const std::uint32_t b = alphabet.value(text[1]);
    const std::uint32_t c = text.size() == 3 ? alphabet.value(text[2]) : 0;
    if ((a | b | c) > 63) {
        return false;
    }
    const std::uint32_t group = a << 18 | b << 12 | c << 6;
    out[0] = static_cast<std::uint8_t>(group >> 16);
    if (text.size() == 2) {
        return (group & 0xffffU) == 0;  // one text for one value
    }
    out[1] = static_cast<std::uint8_t>(group >> 8);
    return (group & 0xffU) == 0;
}

bool decode(const Alphabet& alphabet, std::string_view text, std::span<std::uint8_t> out) noexcept {
    if (text.size() != base64url_size(out.size())) {
        return false;
    }
    const char* from = text.data();
    std::uint8_t* to = out.data();
    for (std::size_t left = out.size() / 3; left > 0; --left, from += 4, to += 3) {
        const std::uint32_t a = alphabet.value(from[0]);
        const std::uint32_t b = alphabet.value(from[1]);
        const std::uint32_t c = alphabet.value(from[2]);
        const std::uint32_t d = alphabet.value(from[3]);
        if ((a | b | c | d) > 63) {
            return false;
        }
        const std::uint32_t group = a << 18 | b << 12 | c << 6 | d;
        to[0] = static_cast<std::uint8_t>(group >> 16);
        to[1] = static_cast<std::uint8_t>(group >> 8);
        to[2] = static_cast<std::uint8_t>(group);
    }
    return decode_tail(alphabet, text.substr(text.size() / 4 * 4), out.subspan(out.size() / 3 * 3));
}

std::string encode(const Alphabet& alphabet, ByteView bytes) {
    std::string text(base64url_size(bytes.size()), '\0');
    encode(alphabet, bytes, text);
    return text;
}

Result<Bytes> decode(const Alphabet& alphabet, std::string_view text) {
    Bytes bytes(text.size() / 4 * 3 + text.size() % 4 * 3 / 4);
    if (!decode(alphabet, text, bytes)) {
        return fail(Errc::malformed, "base64");
    }
    return bytes;
}

}  // namespace

std::string base64url_encode(ByteView bytes) {
    return encode(url_alphabet, bytes);
}

void base64url_encode(ByteView bytes, std::span<char> out) noexcept {
    encode(url_alphabet, bytes, out);
}

bool base64url_decode(std::string_view text, std::span<std::uint8_t> out) noexcept {
    return decode(url_alphabet, text, out);
}

Result<Bytes> base64url_decode(std::string_view text) {
    return decode(url_alphabet, text);
}

std::string base64_unpadded_encode(ByteView bytes) {
    return encode(standard_alphabet, bytes);
}

Result<Bytes> base64_unpadded_decode(std::string_view text) {
    return decode(standard_alphabet, text);
}

std::string base64_encode(ByteView bytes) {
    std::string text = base64_unpadded_encode(bytes);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<Bytes> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) {
        return fail(Errc::malformed, "base64 padding");
    }
    for (int i = 0; i < 2 && text.ends_with('='); ++i) {
        text.remove_suffix(1);
    }
    return base64_unpadded_decode(text);
}

}  // namespace cardea
