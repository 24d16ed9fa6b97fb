// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"

#include "cardea/base/hex.h"
#include "cardea/base/time_text.h"
#include "cardea/base/utf8.h"

#include <array>
#include <charconv>
#include <cmath>

namespace cardea {
namespace {

bool is_plain(char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<';
}

void append_number_escape(std::string& out, char32_t c) {
    const std::array<std::uint8_t, 2> bytes{static_cast<std::uint8_t>(c >> 8U), static_cast<std::uint8_t>(c)};
    out += "\\u";
    out += hex_encode(bytes);
}

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            append_number_escape(out, static_cast<unsigned char>(c));
    }
}

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    out.append(digits.data(), written.ptr);
}

}  // namespace

void JsonWriter::separate() {
    if (needs_comma_) {
        out_ += ',';
    }
    needs_comma_ = true;
}

JsonWriter& JsonWriter::begin(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_text(name);
    out_ += ':';
    needs_comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    append_text(text);
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::unsigned_integer(std::uint64_t number) {
    separate();
    append_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) {
        return value(nullptr);
    }
    separate();
    const std::size_t start = out_.size();
    append_number(out_, number);
    if (out_.find_first_of(".e", start) == out_.npos) {
        out_ += ".0";  // or it would come back as an integer
    }
    return *this;
}

JsonWriter& JsonWriter::value(Time time) {
    return value(std::string_view(to_rfc3339(time)));
}

JsonWriter& JsonWriter::value(const Json& json) {
    switch (json.kind()) {
        case Json::Kind::null:
            return value(nullptr);
        case Json::Kind::boolean:
            return value(json.as_bool());
        case Json::Kind::integer:
            return value(json.as_integer());
        case Json::Kind::number:
            return value(json.as_number());
        case Json::Kind::text:
            return value(json.as_text());
        case Json::Kind::array:
            begin_array();
            for (const Json& item : json.items()) {
                value(item);
            }
            return end_array();
        case Json::Kind::object:
            begin_object();
            for (const Json::Member& one : json.members()) {
                member(one.name, one.value);
            }
            return end_object();
    }
    return *this;
}

void JsonWriter::append_text(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && is_plain(text[plain])) {
            ++plain;
        }
        out_.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) {
            break;
        }
        const std::string_view before = text;
        if (static_cast<unsigned char>(text.front()) < 0x80) {
            append_escaped(out_, text.front());
            text.remove_prefix(1);
        } else if (const std::optional<char32_t> c = take_code_point(text); c && steers_display(*c)) {
            append_number_escape(out_, *c);
        } else if (c) {
            out_.append(before.substr(0, before.size() - text.size()));
        } else {
            out_ += "\xef\xbf\xbd";
            text.remove_prefix(1);
        }
    }
    out_ += '"';
}

std::string to_string(const Json& json) {
    std::string text;
    JsonWriter(text).value(json);
    return text;
}

}  // namespace cardea
