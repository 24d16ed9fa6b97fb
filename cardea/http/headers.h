// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace cardea::http {

/// Whether two texts are equal when ASCII letters are compared without case.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Whether the text is an RFC 9110 token: a header name, a method, a cookie name. Never empty.
[[nodiscard]] bool is_token(std::string_view text) noexcept;

/// Whether the text can stand as a header value: no control character other than TAB. Bytes from 0x80 up are
/// allowed, since UTF-8 names travel in forward-auth headers. Empty is allowed.
[[nodiscard]] bool is_header_value(std::string_view text) noexcept;

/// The text without blanks and tabs at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// What an Authorization header of the scheme Bearer carries (RFC 6750 section 2.1; the scheme's name in any
/// case); nullopt for every other one.
[[nodiscard]] std::optional<std::string_view> find_bearer_token(std::string_view authorization) noexcept;

/// Takes the first member off a list separated by `separator`, trimmed; `list` keeps the rest. An empty list
/// gives an empty member. Quoted strings are not known here: for lists of tokens only.
[[nodiscard]] std::string_view take_list_member(std::string_view& list, char separator) noexcept;

}  // namespace cardea::http
