// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <string_view>

namespace cardea::identity {

/// What a way to a provider and back came to when it came to nothing, as the `notice` of the page that it
/// ends on: nothing that a provider says is repeated.
[[nodiscard]] std::string_view provider_notice(const Error& error) noexcept;

/// The sentence for such a notice; empty for any other.
[[nodiscard]] std::string_view provider_sentence(std::string_view notice) noexcept;

}  // namespace cardea::identity
