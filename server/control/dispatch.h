// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <string>
#include <string_view>

namespace cardea::server {

class Operations;

/// Does the operation of that name and returns its result as JSON. Errc::unsupported for an unknown name (a
/// command that is newer than the server), and what the operation itself fails with.
[[nodiscard]] Task<Result<std::string>> dispatch(
    Operations& operations, std::string_view operation, const Json& arguments
);

}  // namespace cardea::server
