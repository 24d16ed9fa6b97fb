// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea::cookies::detail {

/// RFC 1950. Other versions of zlib may write other bytes for the same text.
[[nodiscard]] Bytes zlib_compress(std::string_view text);

/// Errc::malformed unless it is one whole zlib stream and nothing more, Errc::too_large when it would become
/// more than `limit` bytes: a few hundred can stand for a gigabyte.
[[nodiscard]] Result<std::string> zlib_decompress(ByteView bytes, std::size_t limit);

}  // namespace cardea::cookies::detail
