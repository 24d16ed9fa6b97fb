// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::apikey {

/// How many scopes a key may have, and how long each may be.
inline constexpr std::size_t max_scopes = 32;
inline constexpr std::size_t max_scope_bytes = 64;

/// The scopes as one text, space separated, in the order given and each once. What a scope allows is the
/// application's business. Errc::invalid unless each is a scope-token (RFC 6749 section 3.3: printable ASCII
/// without space, '"' and '\'), Errc::too_large for more or longer ones than the limits.
[[nodiscard]] Result<std::string> join_scopes(std::span<const std::string> scopes);

/// Whether the joined text holds exactly that scope.
[[nodiscard]] bool has_scope(std::string_view joined, std::string_view scope) noexcept;

}  // namespace cardea::apikey
