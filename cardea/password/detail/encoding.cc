// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/encoding.h"

#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"

#include <algorithm>
#include <utility>

namespace cardea::password::detail {
namespace {

constexpr std::string_view crypt_digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string encode_crypt64(ByteView bytes) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : bytes) {
        bits |= std::uint32_t{byte} << held;
        for (held += 8; held >= 6; held -= 6, bits >>= 6) {
            text += crypt_digits[bits & 63U];
        }
    }
    if (held > 0) {
        text += crypt_digits[bits & 63U];
    }
    return text;
}

Result<Bytes> decode_crypt64(std::string_view text) {
    Bytes bytes;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::size_t digit = crypt_digits.find(c);
        if (digit == std::string_view::npos) {
            return fail(Errc::malformed, "crypt(3) base64 alphabet");
        }
        bits |= static_cast<std::uint32_t>(digit) << held;
        held += 6;
        if (held >= 8) {
            bytes.push_back(static_cast<std::uint8_t>(bits & 255U));
            bits >>= 8;
            held -= 8;
        }
    }
    if (bits != 0 || held >= 6) {
        return fail(Errc::malformed, "crypt(3) base64: stray bits");
    }
    return bytes;
}

std::string encode_adapted(ByteView bytes) {
    std::string text = base64_unpadded_encode(bytes);
    std::ranges::replace(text, '+', '.');
    return text;
}

Result<Bytes> decode_adapted(std::string_view text) {
    if (text.contains('+')) {
        return fail(Errc::malformed, "base64 alphabet");
    }
    std::string standard(text);
    std::ranges::replace(standard, '.', '+');
    return base64_unpadded_decode(standard);
}

}  // namespace

std::string to_crypt64_number(std::uint32_t value, std::size_t digits) {
    std::string text;
    for (; text.size() < digits; value >>= 6) {
        text += crypt_digits[value & 63U];
    }
    return text;
}

std::optional<std::uint32_t> parse_crypt64_number(std::string_view text) noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = text.size(); i-- > 0;) {
        const std::size_t digit = crypt_digits.find(text[i]);
        if (digit == std::string_view::npos || value >> 26 != 0) {
            return std::nullopt;
        }
        value = value << 6 | static_cast<std::uint32_t>(digit);
    }
    return value;
}

std::string encode(Encoding encoding, ByteView bytes) {
    switch (encoding) {
        case Encoding::base64:
            return base64_unpadded_encode(bytes);
        case Encoding::base64_padded:
            return base64_encode(bytes);
        case Encoding::base64_adapted:
            return encode_adapted(bytes);
        case Encoding::crypt64:
            return encode_crypt64(bytes);
        case Encoding::hex:
            return hex_encode(bytes);
    }
    std::unreachable();
}

Result<Bytes> decode(Encoding encoding, std::string_view text) {
    switch (encoding) {
        case Encoding::base64:
            return base64_unpadded_decode(text);
        case Encoding::base64_padded:
            return base64_decode(text);
        case Encoding::base64_adapted:
            return decode_adapted(text);
        case Encoding::crypt64:
            return decode_crypt64(text);
        case Encoding::hex:
            return hex_decode(text);
    }
    std::unreachable();
}

}  // namespace cardea::password::detail
