// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/pages/layout.h"
#include "cardea/web/request.h"

namespace cardea::identity {

/// Somebody who is signed in.
[[nodiscard]] inline Viewer viewer_of(web::Request& request) {
    return {.signed_in = true, .csrf_token = request.csrf_token()};
}

}  // namespace cardea::identity
