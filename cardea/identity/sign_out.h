// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/identity/services.h"
#include "cardea/web/request.h"

namespace cardea::identity {

/// Ends the request's session, if it has one, and sends `answer` with what makes the browser forget it. No
/// session is no error. `services` and `request` outlive the task.
[[nodiscard]] Task<http::Response> sign_out(
    const Services& services, web::Request& request, http::Response answer
);

}  // namespace cardea::identity
