// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::ratelimit {

/// What to count a client address by: an IPv4 address itself (also in its IPv4-mapped form), of an
/// IPv6 address the /64, because a single customer has all of that. Bytes, for use as a subject; a text that
/// is no address comes back as it is.
[[nodiscard]] std::string address_subject(std::string_view address);

}  // namespace cardea::ratelimit
