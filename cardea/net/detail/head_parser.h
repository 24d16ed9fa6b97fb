// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/net/refusal.h"
#include "cardea/net/request_rules.h"

#include <expected>
#include <string_view>
#include <vector>

namespace cardea::net::detail {

/// Cuts a complete head, as HeadScanner found it, into pieces, strictly by the grammar of RFC 9112: what is
/// not in it is refused. The pieces are views of `head`, so a header costs no allocation; `headers` is memory
/// to put them in, and the result refers to it.
[[nodiscard]] std::expected<RawHead, Refusal> parse_head(
    std::string_view head, std::vector<http::Header>& headers
);

}  // namespace cardea::net::detail
