// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/python_json.h"

#include "cardea/base/hex.h"
#include "cardea/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace cardea::cookies {
namespace {

void append_unit(std::string& out, std::uint32_t unit) {
    const std::array<std::uint8_t, 2> bytes{
        static_cast<std::uint8_t>(unit >> 8), static_cast<std::uint8_t>(unit)
    };
    out.append("\\u").append(hex_encode(bytes));
}

void append_escaped(std::string& out, char32_t point) {
    constexpr char32_t first_pair = 0x10000;
    if (point < first_pair) {
        append_unit(out, point);
        return;
    }
    append_unit(out, 0xd800U + ((point - first_pair) >> 10U));
    append_unit(out, 0xdc00U + ((point - first_pair) & 0x3ffU));
}

/// The escapes that have a letter of their own; 0 when the character has none.
char short_escape(char32_t point) {
    switch (point) {
        case '"':
        case '\\':
            return static_cast<char>(point);
        case '\n':
            return 'n';
        case '\r':
            return 'r';
        case '\t':
            return 't';
        case '\f':
            return 'f';
        case '\b':
            return 'b';
        default:
            return 0;
    }
}

/// repr() of a float: the shortest digits that read back as the same, with an exponent below 1e-4 and from
/// 1e16 on.
std::string python_float(double number) {
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), std::abs(number), std::chars_format::scientific
    );
    std::string_view text(buffer.data(), written.ptr);  // d[.ddd]e+xx
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const std::size_t sign = text[mark + 1] == '+' ? 1 : 0;
    std::from_chars(text.data() + mark + 1 + sign, text.data() + text.size(), exponent);
    std::string out = std::signbit(number) ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
        return out.append(text);
    }
    std::string digits(1, text[0]);
    digits += mark > 2 ? text.substr(2, mark - 2) : std::string_view();
    if (exponent < 0) {
        return out.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) {
        return out.append(digits).append(whole - digits.size(), '0').append(".0");
    }
    return out.append(digits, 0, whole).append(".").append(digits, whole);
}

class Writer {
 public:
    Writer(std::string& out, const PythonJsonStyle& style) : out_(out), style_(style) {}

    void write(const Json& json) {
        switch (json.kind()) {
            case Json::Kind::null:
                out_ += "null";
                break;
            case Json::Kind::boolean:
                out_ += json.as_bool().value_or(false) ? "true" : "false";
                break;
            case Json::Kind::integer:
                out_ += std::to_string(json.as_integer().value_or(0));
                break;
            case Json::Kind::number:
                write_number(json.as_number().value_or(0));
                break;
            case Json::Kind::text:
                write_text(json.as_text().value_or(""));
                break;
            case Json::Kind::array:
                write_array(json.items());
                break;
            case Json::Kind::object:
                write_object(json.members());
                break;
        }
    }

 private:
    void write_number(double number) { out_ += std::isfinite(number) ? python_float(number) : "null"; }

    void write_array(std::span<const Json> items) {
        out_ += '[';
        for (const Json& item : items) {
            separate(&item != items.data());
            write(item);
        }
        out_ += ']';
    }

    void write_object(std::span<const Json::Member> members) {
        std::vector<const Json::Member*> order;
        for (const Json::Member& member : members) {
            order.push_back(&member);
        }
        if (style_.key_order == PythonJsonStyle::KeyOrder::sorted) {
            // Python orders by code point, which is the order of UTF-8's bytes.
            std::ranges::sort(order, {}, &Json::Member::name);
        }
        out_ += '{';
        for (const Json::Member* member : order) {
            separate(member != order.front());
            write_text(member->name);
            out_ += is_spaced() ? ": " : ":";
            write(member->value);
        }
        out_ += '}';
    }

    void separate(bool is_needed) {
        if (is_needed) {
            out_ += is_spaced() ? ", " : ",";
        }
    }

    void write_text(std::string_view text) {
        out_ += '"';
        while (!text.empty()) {
            const std::string_view before = text;
            std::optional<char32_t> point = take_code_point(text);
            if (!point) {
                text.remove_prefix(1);
                write_point(U'\uFFFD', "\xef\xbf\xbd");
                continue;
            }
            write_point(*point, before.substr(0, before.size() - text.size()));
        }
        out_ += '"';
    }

    void write_point(char32_t point, std::string_view utf8) {
        const bool is_ascii = style_.characters == PythonJsonStyle::Characters::ascii;
        if (const char letter = short_escape(point); letter != 0) {
            (out_ += '\\') += letter;
        } else if (point < ' ' || (is_ascii && point > '~')) {
            append_escaped(out_, point);
        } else {
            out_ += utf8;
        }
    }

    [[nodiscard]] bool is_spaced() const noexcept {
        return style_.spacing == PythonJsonStyle::Spacing::spaced;
    }

    std::string& out_;
    const PythonJsonStyle& style_;
};

}  // namespace

std::string to_python_json(const Json& json, const PythonJsonStyle& style) {
    std::string text;
    Writer(text, style).write(json);
    return text;
}

}  // namespace cardea::cookies
