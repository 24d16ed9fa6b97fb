// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::http {

/// A device in words for a list of sessions: "Firefox on Windows", "Chrome on Android", "curl", or "Unknown
/// device". Only words of our own come out, whatever the header says.
[[nodiscard]] std::string describe_user_agent(std::string_view user_agent);

}  // namespace cardea::http
