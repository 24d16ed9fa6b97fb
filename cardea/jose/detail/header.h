// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/jose/header.h"

#include <span>

namespace cardea::jose::detail {

inline constexpr std::size_t max_header_size = std::size_t{16} << 10U;
inline constexpr JsonLimits header_limits{.bytes = max_header_size, .depth = 8, .values = 500, .members = 50};

/// A header's JSON out of its base64url. Errc::malformed unless it is one object; Errc::too_large.
[[nodiscard]] Result<Json> decode_header(std::string_view encoded);

/// RFC 7515 section 4.1.11: `crit` is a list of names, each once, each present in the protected header, and
/// each understood here (`understood` are extensions: no name that the specifications define).
/// Errc::malformed; Errc::unsupported for a name that is not understood.
[[nodiscard]] Result<> check_crit(const Json& header, std::span<const std::string_view> understood);

/// The header of a JWS. In the JSON serialization `unprotected` is the part beside the signature, whose names
/// must all be others, and may hold the rest but not `crit` and `b64`; otherwise it is nullptr, and either
/// may be. Errc::malformed; Errc::unsupported for an algorithm (also "none") or extension that is not done
/// here.
[[nodiscard]] Result<JwsHeader> read_jws_header(const Json* protected_part, const Json* unprotected);

}  // namespace cardea::jose::detail
