// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/result.h"
#include "cardea/cookies/python_json.h"

#include <string>
#include <string_view>

namespace cardea::cookies::detail {

/// What no payload may exceed after it was inflated.
inline constexpr std::size_t max_inflated_bytes = std::size_t{256} << 10U;

/// How deep it may be: a request's body that Flask's tags make twice as deep.
inline constexpr std::size_t max_payload_depth = 100;

/// Parses with the limits of a payload. Errc::malformed, Errc::too_large.
[[nodiscard]] Result<Json> parse_payload(std::string_view json);

/// base64url of the text, or `.` and base64url of it compressed where that is shorter: the payload of
/// itsdangerous's URL-safe serializers and of django.core.signing.
[[nodiscard]] std::string encode_payload(std::string_view json);

/// The reverse, parsed. Errc::malformed, Errc::too_large.
[[nodiscard]] Result<Json> decode_payload(std::string_view text);

}  // namespace cardea::cookies::detail
