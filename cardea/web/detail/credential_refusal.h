// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"

namespace cardea::web {

/// Whether a session or an API key could not be used because of itself: then the request is nobody's. Any
/// other failure means that it could not be looked up, and says nothing about who is asking.
[[nodiscard]] constexpr bool refuses_credential(Errc code) noexcept {
    switch (code) {
        case Errc::unauthenticated:
        case Errc::expired:
        case Errc::account_disabled:
        case Errc::not_found:
        case Errc::api_key_malformed:
        case Errc::api_key_unknown:
        case Errc::api_key_expired:
            return true;
        default:
            return false;
    }
}

}  // namespace cardea::web
