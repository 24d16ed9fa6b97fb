// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/key.h"

#include "cardea/crypto/sha256.h"

#include <algorithm>

namespace cardea::apikey {

namespace {

constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t tail_size = ApiKey::secret_size + ApiKey::checksum_size;
constexpr std::size_t min_prefix_size = 2;

constexpr bool is_lower_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

constexpr bool is_base62(char c) noexcept {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

bool is_prefix(std::string_view text) noexcept {
    if (text.size() < min_prefix_size || text.size() > ApiKeyPrefix::max_size || text.ends_with('_') ||
        text.contains("__")) {
        return false;
    }
    return text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(text, [](char c) { return c == '_' || is_lower_or_digit(c); });
}

constexpr auto crc32_table = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ (0xEDB8'8320U & (0U - (crc & 1U)));
        }
        table[byte] = crc;
    }
    return table;
}();

/// CRC-32 as zlib, PNG and Ethernet have it (reflected, polynomial EDB88320).
constexpr std::uint32_t crc32(std::string_view text) noexcept {
    std::uint32_t crc = 0xFFFF'FFFFU;
    for (const char c : text) {
        crc = (crc >> 8U) ^ crc32_table[(crc ^ static_cast<unsigned char>(c)) & 0xFFU];
    }
    return ~crc;
}
static_assert(crc32("123456789") == 0xCBF4'3926U);  // the check value of every CRC catalogue

std::array<char, ApiKey::checksum_size> checksum_of(std::string_view text) noexcept {
    std::array<char, ApiKey::checksum_size> out{};
    std::uint32_t rest = crc32(text);
    for (auto place = out.rbegin(); place != out.rend(); ++place) {
        *place = digits[rest % digits.size()];
        rest /= static_cast<std::uint32_t>(digits.size());
    }
    return out;
}

/// Writes a digit for each byte that gives a fair one, and returns how many it wrote. Bytes from 248 on would
/// make the first digits likelier.
std::size_t write_digits(ByteView bytes, std::span<char> out) noexcept {
    constexpr std::size_t fair_bytes = 256 / digits.size() * digits.size();
    std::size_t written = 0;
    for (const std::uint8_t byte : bytes) {
        if (byte < fair_bytes && written < out.size()) {
            out[written++] = digits[byte % digits.size()];
        }
    }
    return written;
}

void fill_with_digits(std::span<char> out, Random& random) noexcept {
    std::array<std::uint8_t, 64> bytes{};
    while (!out.empty()) {
        random.fill(bytes);
        out = out.subspan(write_digits(bytes, out));
    }
    wipe(bytes.data(), bytes.size());
}

}  // namespace

Result<ApiKeyPrefix> ApiKeyPrefix::parse(std::string_view text) {
    if (!is_prefix(text)) {
        return fail(Errc::invalid, "API key prefix: lower-case letters, digits and single '_', 2 to 24");
    }
    ApiKeyPrefix prefix;
    prefix.text_ = text;
    return prefix;
}

ApiKey ApiKey::make(const ApiKeyPrefix& prefix, Random& random) noexcept {
    ApiKey key;
    const std::span<char> all(key.characters_);
    const std::size_t head = prefix.text().size() + 1;
    std::ranges::copy(prefix.text() + '_', all.begin());
    fill_with_digits(all.subspan(head, secret_size), random);
    const auto checksum = checksum_of({all.data(), head + secret_size});
    std::ranges::copy(checksum, all.subspan(head + secret_size).begin());
    key.size_ = head + tail_size;
    return key;
}

bool ApiKey::resembles_one(std::string_view text) noexcept {
    return text.size() > min_prefix_size + tail_size && text.size() <= max_size &&
           text[text.size() - tail_size - 1] == '_';
}

Result<ApiKey> ApiKey::parse(std::string_view text) {
    if (!resembles_one(text)) {
        return fail(Errc::malformed, "API key: length or separator");
    }
    const std::size_t head = text.size() - tail_size;
    const std::string_view tail = text.substr(head);
    if (!is_prefix(text.substr(0, head - 1)) || !std::ranges::all_of(tail, is_base62)) {
        return fail(Errc::malformed, "API key: form");
    }
    // No secret is compared here: the checksum follows from the rest of what the client sent.
    const auto expected = checksum_of(text.substr(0, head + secret_size));
    if (!std::ranges::equal(expected, tail.substr(secret_size))) {
        return fail(Errc::malformed, "API key: checksum");
    }
    ApiKey key;
    std::ranges::copy(text, key.characters_.begin());
    key.size_ = text.size();
    return key;
}

ApiKey::ApiKey(ApiKey&& other) noexcept : characters_(other.characters_), size_(other.size_) {
    wipe(other.characters_.data(), other.characters_.size());
}

ApiKey& ApiKey::operator=(ApiKey&& other) noexcept {
    if (this != &other) {
        characters_ = other.characters_;
        size_ = other.size_;
        wipe(other.characters_.data(), other.characters_.size());
    }
    return *this;
}

ApiKeyHash ApiKey::hash() const noexcept {
    return crypto::sha256(as_bytes(view()));
}

std::string ApiKey::hint() const {
    const std::string_view text = view();
    return std::string(text.substr(0, text.size() - tail_size)) + "…" +
           std::string(text.substr(text.size() - 4));
}

}  // namespace cardea::apikey
