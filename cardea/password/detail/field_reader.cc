// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/field_reader.h"

#include <charconv>
#include <utility>

namespace cardea::password::detail {

void FieldReader::spoil() noexcept {
    is_spoilt_ = true;
    rest_ = {};
}

bool FieldReader::accept(std::string_view text) noexcept {
    if (is_spoilt_ || !rest_.starts_with(text)) {
        return false;
    }
    rest_.remove_prefix(text.size());
    return true;
}

void FieldReader::literal(std::string_view text) noexcept {
    if (!accept(text)) {
        spoil();
    }
}

std::string_view FieldReader::field(char stop) noexcept {
    const std::size_t size = rest_.find(stop);
    if (size == std::string_view::npos) {
        spoil();
        return {};
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size + 1);
    return text;
}

std::string_view FieldReader::last() noexcept {
    return std::exchange(rest_, {});
}

std::string_view FieldReader::take(std::size_t size) noexcept {
    if (rest_.size() < size) {
        spoil();
        return {};
    }
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
}

Bytes FieldReader::text_salt() {
    const ByteView salt = as_bytes(field('$'));
    if (salt.size() > salt_sizes.most) {
        spoil();
        return {};
    }
    return Bytes(salt.begin(), salt.end());
}

std::uint32_t FieldReader::number(char stop) noexcept {
    const std::string_view digits = field(stop);
    const char* const end = digits.data() + digits.size();
    std::uint32_t value = 0;
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end goes with it
    const auto read = std::from_chars(digits.data(), end, value);
    if (digits.empty() || digits.front() == '0' || read.ec != std::errc() || read.ptr != end) {
        spoil();
        return 0;
    }
    return value;
}

Bytes FieldReader::bytes(char stop, Encoding encoding, Sizes sizes) {
    return decoded(field(stop), encoding, sizes);
}

Bytes FieldReader::last_bytes(Encoding encoding, Sizes sizes) {
    return decoded(last(), encoding, sizes);
}

Bytes FieldReader::decoded(std::string_view text, Encoding encoding, Sizes sizes) {
    Result<Bytes> bytes = decode(encoding, text);
    if (is_spoilt_ || !bytes || bytes->size() < sizes.least || bytes->size() > sizes.most) {
        spoil();
        return {};
    }
    return std::move(*bytes);
}

}  // namespace cardea::password::detail
