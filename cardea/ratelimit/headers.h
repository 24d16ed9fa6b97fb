// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/ratelimit/quota.h"

#include <string>
#include <string_view>

/// What a client is told about a quota (draft-ietf-httpapi-ratelimit-headers-10, RFC 9110 section 10.2.3):
/// header values, in whole seconds rounded up, as clients parse them. `name` is what the program calls the
/// quota: printable ASCII, the same in both headers and on every answer. A quota of several limits has a
/// policy for each, "NAME-1", "NAME-2" in their order.
namespace cardea::ratelimit {

/// RateLimit-Policy: what holds, as `"login";q=5;w=60`. For Strategy::gcra the quota is a full bucket and the
/// window the time in which it fills.
[[nodiscard]] std::string rate_limit_policy(std::string_view name, const Quota& quota);

/// RateLimit: what is left now, as `"login";r=3;t=42`, of the limit that is nearest to its end; t is when its
/// quota is whole again or, after a refusal, when it is worth coming back.
[[nodiscard]] std::string rate_limit(std::string_view name, const Quota& quota, const Decision& decision);

/// Retry-After, of an answer that refuses: at least 1.
[[nodiscard]] std::string retry_after(const Decision& decision);

}  // namespace cardea::ratelimit
