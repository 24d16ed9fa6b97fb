// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace cardea::http::detail {

/// Takes a token that ends before one of `stops`, or a quoted string without its quotes, off the text.
/// nullopt when there is neither. An escape in a quoted string is refused: nothing that we read needs one.
[[nodiscard]] std::optional<std::string_view> take_parameter_value(
    std::string_view& text, std::string_view stops
) noexcept;

}  // namespace cardea::http::detail
