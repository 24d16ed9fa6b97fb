// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/headers.h"

#include "cardea/http/detail/characters.h"

namespace cardea::http {

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) {
        return false;
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
    return detail::header_value_characters.contains_all(text);
}

std::string_view trim(std::string_view text) noexcept {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view take_list_member(std::string_view& list, char separator) noexcept {
    const std::size_t end = list.find(separator);
    const std::string_view member = trim(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
    return member;
}

}  // namespace cardea::http
