// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea::cookies::detail {

/// RFC 4648 section 4 with its padding, as Python's b64encode writes it.
[[nodiscard]] std::string base64_encode(ByteView bytes);

/// The exact reverse. Errc::malformed.
[[nodiscard]] Result<Bytes> base64_decode(std::string_view text);

}  // namespace cardea::cookies::detail
