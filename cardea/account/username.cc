// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/username.h"

#include "cardea/account/detail/unicode.h"

#include <algorithm>
#include <optional>

namespace cardea::account {
namespace {

constexpr std::size_t max_username_bytes = 512;  // ahead of any work
constexpr std::size_t max_display_name_code_points = 100;
constexpr std::size_t max_display_name_bytes = 800;

bool is_between(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

/// RFC 8264 section 9.9, old Hangul jamo: what is left of them after composition.
bool is_old_hangul_jamo(char32_t c) noexcept {
    return is_between(c, 0x1100, 0x11ff) || is_between(c, 0xa960, 0xa97c) || is_between(c, 0xd7b0, 0xd7fb);
}

/// RFC 8264 section 9.6, exceptions that are letters or marks by category and disallowed all the same.
bool is_exception(char32_t c) noexcept {
    return c == 0x0640 || c == 0x07fa || c == 0x302e || c == 0x302f || is_between(c, 0x3031, 0x3035) ||
           c == 0x303b;
}

/// The IdentifierClass of RFC 8264 section 4.2, without its contextual rules (what they allow in some places
/// is allowed nowhere here) and without `@`.
bool is_identifier_character(char32_t c) noexcept {
    if (c < 0x80) {
        return is_between(c, 0x21, 0x7e) && c != U'@';
    }
    const bool by_category = detail::is_letter(c) || detail::is_mark(c) || detail::is_decimal_digit(c);
    return by_category && !is_old_hangul_jamo(c) && !is_exception(c) && !detail::is_ignorable(c);
}

/// RFC 5892 appendices A.8 and A.9: one set of Arabic-Indic digits only.
bool mixes_arabic_digits(std::u32string_view text) noexcept {
    const bool arabic = std::ranges::any_of(text, [](char32_t c) { return is_between(c, 0x660, 0x669); });
    const bool extended = std::ranges::any_of(text, [](char32_t c) { return is_between(c, 0x6f0, 0x6f9); });
    return arabic && extended;
}

/// RFC 8265 section 3.3.2: width mapping, case mapping, NFC.
std::string case_mapped(std::u32string_view text) {
    const std::u32string lower = detail::lower_case(detail::width_mapped(text));
    return detail::mapped(detail::to_utf8(lower), detail::Mapping::nfc).value_or(std::string());
}

bool is_acceptable(std::u32string_view name) noexcept {
    return !name.empty() && std::ranges::all_of(name, is_identifier_character) &&
           !detail::is_mark(name.front()) && !mixes_arabic_digits(name) && detail::keeps_bidi_rule(name) &&
           detail::is_single_script(name);
}

/// RFC 8264 section 9.17: nothing that compatibility decomposition would change.
bool has_compatibility_form(const std::string& name) {
    return detail::mapped(name, detail::Mapping::nfkc) != name;
}

bool may_be_shown(char32_t c) noexcept {
    constexpr char32_t joiner = 0x200d;
    constexpr char32_t non_joiner = 0x200c;  // both are part of writing in several languages
    const bool is_unassigned = detail::category(c) == 0;
    return c == joiner || c == non_joiner || is_unassigned || c == U' ' ||
           (!detail::is_other(c) && !detail::is_separator(c));
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

}  // namespace

Result<Username> Username::parse(std::string_view text) {
    if (text.size() > max_username_bytes) {
        return fail(Errc::too_large, "username");
    }
    const std::optional<std::u32string> typed = detail::code_points(text);
    if (!typed) {
        return fail(Errc::invalid, "username: not UTF-8");
    }
    const std::string key = case_mapped(*typed);
    const std::u32string name = detail::code_points(key).value_or(std::u32string());
    if (name.size() > max_code_points) {
        return fail(Errc::too_large, "username");
    }
    // RFC 8264 section 7: what the rules make of a name must be what they make of it a second time.
    if (!is_acceptable(name) || has_compatibility_form(key) || case_mapped(name) != key) {
        return fail(Errc::invalid, "username");
    }
    return Username(std::string(text), key);
}

Result<std::string> parse_display_name(std::string_view text) {
    if (text.size() > max_display_name_bytes) {
        return fail(Errc::too_large, "name");
    }
    const std::optional<std::string> composed = detail::mapped(trimmed(text), detail::Mapping::nfc);
    const std::optional<std::u32string> name = detail::code_points(composed.value_or(std::string()));
    if (!composed || !name || !std::ranges::all_of(*name, may_be_shown)) {
        return fail(Errc::invalid, "name");
    }
    if (name->size() > max_display_name_code_points) {
        return fail(Errc::too_large, "name");
    }
    return *composed;
}

}  // namespace cardea::account
