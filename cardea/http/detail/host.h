// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea::http::detail {

/// Whether the text is a DNS name as it stands in a URL after normalisation: lower case, letters, digits, '-'
/// and '_' in labels of 1 to 63, at most 253 bytes, no dot at the end, and not readable as an IPv4 address.
[[nodiscard]] bool is_host_name(std::string_view text) noexcept;

/// The host of a URL, normalised: a DNS name in lower case, a dotted IPv4 address, or an IPv6 address in
/// brackets. Errc::invalid for other spellings of an IPv4 address, Errc::malformed for anything else.
[[nodiscard]] Result<std::string> parse_host(std::string_view text);

}  // namespace cardea::http::detail
