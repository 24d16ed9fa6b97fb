// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::server {

/// The sentence about a name that no setting has, with the setting that was probably meant.
[[nodiscard]] std::string unknown_setting(std::string_view name);
/// The same for a key of an entry of `[[providers]]`.
[[nodiscard]] std::string unknown_provider_setting(std::string_view name);

}  // namespace cardea::server
