// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cardea::http {

/// Appends the text with every byte as an escape (RFC 3986 section 2.1) but letters, digits, "-._~" and the
/// characters of `also_plain`.
void append_percent_encoded(std::string& out, std::string_view text, std::string_view also_plain = {});

/// The text with its escapes decoded, any bytes; nullopt for a '%' that starts none. '+' is itself.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

}  // namespace cardea::http
