// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/detail/parameter_value.h"

#include "cardea/http/headers.h"

namespace cardea::http::detail {

std::optional<std::string_view> take_parameter_value(
    std::string_view& text, std::string_view stops
) noexcept {
    if (!text.starts_with('"')) {
        const std::string_view value = text.substr(0, text.find_first_of(stops));
        text.remove_prefix(value.size());
        return is_token(value) ? std::optional(value) : std::nullopt;
    }
    const std::size_t end = text.find('"', 1);
    if (end == std::string_view::npos || text.substr(0, end).contains('\\')) {
        return std::nullopt;
    }
    const std::string_view value = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return value;
}

}  // namespace cardea::http::detail
