// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/query.h"

#include "cardea/base/utf8.h"
#include "cardea/http/detail/percent.h"

#include <algorithm>
#include <charconv>

namespace cardea::http {
namespace {

constexpr detail::CharacterSet plain_field_characters = detail::CharacterSet::alphanumeric_and("-._~");

/// Decodes into `out`, which is as long as `raw` at least: the decoded length, or nullopt for a bad escape.
std::optional<std::size_t> decode(std::string_view raw, char* out) noexcept {
    std::size_t size = 0;
    while (!raw.empty()) {
        const bool is_blank = raw.front() == '+';
        const int byte = detail::take_percent_decoded(raw);
        if (byte < 0) {
            return std::nullopt;
        }
        out[size++] = is_blank ? ' ' : static_cast<char>(byte);
    }
    return size;
}

Result<std::string_view> decode_part(std::string_view raw, char*& out, std::size_t limit) {
    const std::optional<std::size_t> size = decode(raw, out);
    if (!size) {
        return fail(Errc::malformed, "escape in a field");
    }
    const std::string_view decoded(out, *size);
    out += *size;
    if (decoded.size() > limit) {
        return fail(Errc::too_large, "field");
    }
    if (decoded.contains('\0') || !is_valid_utf8(decoded)) {
        return fail(Errc::malformed, "text of a field");
    }
    return decoded;
}

Result<Field> decode_field(std::string_view piece, char*& out, const FieldLimits& limits) {
    const std::size_t equals = piece.find('=');
    Result<std::string_view> name = decode_part(piece.substr(0, equals), out, limits.name_bytes);
    if (!name) {
        return propagate(name);
    }
    if (equals == std::string_view::npos) {
        return Field{*name, {}};
    }
    Result<std::string_view> value = decode_part(piece.substr(equals + 1), out, limits.value_bytes);
    if (!value) {
        return propagate(value);
    }
    return Field{*name, *value};
}

}  // namespace

void Fields::Wipe::operator()(char* text) const noexcept {
    wipe(text, size);
    delete[] text;
}

std::optional<std::string_view> Fields::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find(fields_, name, &Field::name);
    return found == fields_.end() ? std::nullopt : std::optional(found->value);
}

std::string_view Fields::text(std::string_view name) const noexcept {
    return find(name).value_or(std::string_view());
}

Result<std::optional<std::int64_t>> Fields::integer(std::string_view name) const {
    const std::string_view digits = text(name);
    if (digits.empty()) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return fail(Errc::malformed, "number");
    }
    return value;
}

bool Fields::is_repeated(std::string_view name) const noexcept {
    return std::ranges::count(fields_, name, &Field::name) > 1;
}

std::vector<std::string_view> Fields::list(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const Field& field : fields_) {
        if (field.name == name) {
            values.push_back(field.value);
        }
    }
    return values;
}

Result<> Fields::refuse_repeated(std::initializer_list<std::string_view> allowed) const {
    for (auto field = fields_.begin(); field != fields_.end(); ++field) {
        const bool is_repeated =
            std::ranges::find(fields_.begin(), field, field->name, &Field::name) != field;
        if (is_repeated && std::ranges::find(allowed, field->name) == allowed.end()) {
            return fail(Errc::invalid, "repeated field");
        }
    }
    return {};
}

Result<Fields> parse_fields(std::string_view text, const FieldLimits& limits) {
    Fields fields;
    fields.text_ = {new char[text.size()], Fields::Wipe{text.size()}};
    char* out = fields.text_.get();
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view piece = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (piece.empty()) {
            continue;
        }
        if (fields.fields_.size() == limits.count) {
            return fail(Errc::too_large, "number of fields");
        }
        Result<Field> field = decode_field(piece, out, limits);
        if (!field) {
            return propagate(field);
        }
        fields.fields_.push_back(*field);
    }
    return fields;
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty() && out.back() != '?') {
        out.push_back('&');
    }
    detail::append_percent_encoded(out, name, plain_field_characters);
    out.push_back('=');
    detail::append_percent_encoded(out, value, plain_field_characters);
}

}  // namespace cardea::http
