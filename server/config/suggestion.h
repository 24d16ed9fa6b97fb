// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cardea::server {

/// The known word that was probably meant: the nearest, when few of its letters differ. Empty when none is.
[[nodiscard]] std::string_view find_nearest(
    std::string_view word, const std::vector<std::string_view>& known
);

/// The sentence about a name that no setting has, with the setting that was probably meant.
[[nodiscard]] std::string unknown_setting(std::string_view name);
/// The same for a key of an entry of `[[providers]]`.
[[nodiscard]] std::string unknown_provider_setting(std::string_view name);

}  // namespace cardea::server
