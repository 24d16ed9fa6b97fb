// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/headers.h"

#include "cardea/http/detail/characters.h"

namespace cardea::http {
namespace {

constexpr bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    if (a == b) {
        return true;  // nearly always the case that is asked for, and many bytes at once
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (detail::to_lower(a[i]) != detail::to_lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool is_token(std::string_view text) noexcept {
    return !text.empty() && detail::token_characters.contains_all(text);
}

bool is_header_value(std::string_view text) noexcept {
    // Without an early end, so that the compiler checks many bytes at once: every response comes by here.
    unsigned controls = 0;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        controls |= static_cast<unsigned>((byte < 0x20 && byte != '\t') || byte == 0x7f);
    }
    return controls == 0;
}

std::string_view trim(std::string_view text) noexcept {
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::optional<std::string_view> find_bearer_token(std::string_view authorization) noexcept {
    constexpr std::string_view scheme = "Bearer ";
    if (!equals_ignoring_case(authorization.substr(0, scheme.size()), scheme)) {
        return std::nullopt;
    }
    return authorization.substr(scheme.size());
}

std::string_view take_list_member(std::string_view& list, char separator) noexcept {
    const std::size_t end = list.find(separator);
    const std::string_view member = trim(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    return member;
}

}  // namespace cardea::http
