// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/unicode.h"

#include "cardea/base/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace cardea::account::detail {
namespace {

struct Free {
    void operator()(utf8proc_uint8_t* memory) const noexcept { std::free(memory); }
};

const utf8proc_uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

utf8proc_option_t options_of(Mapping mapping) {
    switch (mapping) {
        case Mapping::nfc:
            return static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        case Mapping::nfkc:
            return static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
        case Mapping::casefolded:
            return static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    }
    return UTF8PROC_STABLE;
}

const utf8proc_property_t& property(char32_t code_point) noexcept {
    return *utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
}

int bidi_class(char32_t code_point) noexcept {
    return property(code_point).bidi_class;
}

bool is_one_of(int value, std::initializer_list<int> values) noexcept {
    return std::ranges::find(values, value) != values.end();
}

bool is_right_to_left(char32_t code_point) noexcept {
    return is_one_of(
        bidi_class(code_point), {UTF8PROC_BIDI_CLASS_R, UTF8PROC_BIDI_CLASS_AL, UTF8PROC_BIDI_CLASS_AN}
    );
}

/// The last code point that is no nonspacing mark decides how a right-to-left text ends.
int last_bidi_class(std::u32string_view text) noexcept {
    for (std::size_t i = text.size(); i > 0; --i) {
        const int last = bidi_class(text[i - 1]);
        if (last != UTF8PROC_BIDI_CLASS_NSM) {
            return last;
        }
    }
    return UTF8PROC_BIDI_CLASS_NSM;
}

bool has_bidi_class(std::u32string_view text, int wanted) noexcept {
    return std::ranges::any_of(text, [wanted](char32_t c) { return bidi_class(c) == wanted; });
}

bool may_stand_in_right_to_left(char32_t code_point) noexcept {
    return is_right_to_left(code_point) || is_one_of(
                                               bidi_class(code_point),
                                               {UTF8PROC_BIDI_CLASS_EN,
                                                UTF8PROC_BIDI_CLASS_ES,
                                                UTF8PROC_BIDI_CLASS_CS,
                                                UTF8PROC_BIDI_CLASS_ET,
                                                UTF8PROC_BIDI_CLASS_ON,
                                                UTF8PROC_BIDI_CLASS_BN,
                                                UTF8PROC_BIDI_CLASS_NSM}
                                           );
}

}  // namespace

std::optional<std::string> mapped(std::string_view text, Mapping mapping) {
    if (is_ascii(text)) {
        return mapping == Mapping::casefolded ? ascii_lower(text) : std::string(text);
    }
    utf8proc_uint8_t* out = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &out, options_of(mapping));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(out);
    if (size < 0) {
        return std::nullopt;
    }
    return std::string(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
}

std::optional<std::u32string> code_points(std::string_view text) {
    std::u32string out;
    while (!text.empty()) {
        utf8proc_int32_t code_point = 0;
        const utf8proc_ssize_t taken =
            utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
        if (taken <= 0) {
            return std::nullopt;
        }
        out.push_back(static_cast<char32_t>(code_point));
        text.remove_prefix(static_cast<std::size_t>(taken));
    }
    return out;
}

std::string to_utf8(std::u32string_view code_points) {
    std::string out;
    for (const char32_t code_point : code_points) {
        std::array<utf8proc_uint8_t, 4> bytes{};
        const utf8proc_ssize_t size =
            utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
        out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
    }
    return out;
}

std::u32string width_mapped(std::u32string_view text) {
    std::u32string out;
    for (const char32_t code_point : text) {
        const int type = property(code_point).decomp_type;
        if (type != UTF8PROC_DECOMP_TYPE_WIDE && type != UTF8PROC_DECOMP_TYPE_NARROW) {
            out.push_back(code_point);
            continue;
        }
        std::array<utf8proc_int32_t, 8> parts{};
        int boundary = 0;
        const utf8proc_ssize_t count = utf8proc_decompose_char(
            static_cast<utf8proc_int32_t>(code_point),
            parts.data(),
            static_cast<utf8proc_ssize_t>(parts.size()),
            static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE),
            &boundary
        );
        for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(count, parts.size()); ++i) {
            out.push_back(static_cast<char32_t>(parts[static_cast<std::size_t>(i)]));
        }
    }
    return out;
}

std::u32string lower_case(std::u32string_view text) {
    std::u32string out(text);
    for (char32_t& code_point : out) {
        code_point = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code_point)));
    }
    return out;
}

int category(char32_t code_point) noexcept {
    return property(code_point).category;
}

bool is_letter(char32_t code_point) noexcept {
    return is_one_of(
        category(code_point),
        {UTF8PROC_CATEGORY_LU, UTF8PROC_CATEGORY_LL, UTF8PROC_CATEGORY_LO, UTF8PROC_CATEGORY_LM}
    );
}

bool is_mark(char32_t code_point) noexcept {
    return is_one_of(category(code_point), {UTF8PROC_CATEGORY_MN, UTF8PROC_CATEGORY_MC});
}

bool is_decimal_digit(char32_t code_point) noexcept {
    return category(code_point) == UTF8PROC_CATEGORY_ND;
}

bool is_other(char32_t code_point) noexcept {
    return is_one_of(
        category(code_point),
        {UTF8PROC_CATEGORY_CN,
         UTF8PROC_CATEGORY_CC,
         UTF8PROC_CATEGORY_CF,
         UTF8PROC_CATEGORY_CS,
         UTF8PROC_CATEGORY_CO}
    );
}

bool is_separator(char32_t code_point) noexcept {
    return is_one_of(
        category(code_point), {UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZL, UTF8PROC_CATEGORY_ZP}
    );
}

bool is_ignorable(char32_t code_point) noexcept {
    return property(code_point).ignorable != 0;
}

bool keeps_bidi_rule(std::u32string_view text) noexcept {
    if (std::ranges::none_of(text, is_right_to_left)) {
        return true;
    }
    const int first = bidi_class(text.front());
    if (first != UTF8PROC_BIDI_CLASS_R && first != UTF8PROC_BIDI_CLASS_AL) {
        return false;  // rules 1, 5 and 6: a text that begins left to right has no right-to-left letters
    }
    const bool right_characters = std::ranges::all_of(text, may_stand_in_right_to_left);  // rule 2
    const bool right_end = is_one_of(                                                     // rule 3
        last_bidi_class(text),
        {UTF8PROC_BIDI_CLASS_R, UTF8PROC_BIDI_CLASS_AL, UTF8PROC_BIDI_CLASS_EN, UTF8PROC_BIDI_CLASS_AN}
    );
    const bool one_kind_of_digit =  // rule 4
        !(has_bidi_class(text, UTF8PROC_BIDI_CLASS_EN) && has_bidi_class(text, UTF8PROC_BIDI_CLASS_AN));
    return right_characters && right_end && one_kind_of_digit;
}

}  // namespace cardea::account::detail
