// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <string_view>

namespace cardea::password::detail {

/// The text in normal form C. Errc::malformed when it is not valid UTF-8. Leaves no copy behind.
[[nodiscard]] Result<SecretText> normal_form_c(std::string_view text);

/// The same without differences of case, for comparing.
[[nodiscard]] Result<SecretText> case_folded(std::string_view text);

}  // namespace cardea::password::detail
