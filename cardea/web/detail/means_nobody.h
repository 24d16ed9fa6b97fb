// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"

namespace cardea::web {

/// Whether a session could not be used because of itself and not because it could not be looked up.
[[nodiscard]] constexpr bool means_nobody(Errc code) noexcept {
    return code == Errc::unauthenticated || code == Errc::expired || code == Errc::account_disabled ||
           code == Errc::not_found;
}

}  // namespace cardea::web
