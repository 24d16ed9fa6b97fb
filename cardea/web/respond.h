// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"

#include <string>
#include <string_view>

namespace cardea::web {

/// 303: the browser fetches `location` with GET. The location is relative or of our own making, never text
/// from outside that was not checked.
[[nodiscard]] http::Response redirect_to(std::string_view location);

[[nodiscard]] http::Response json(std::string text, http::Status status = http::Status::ok);

[[nodiscard]] http::Response page(std::string html, http::Status status = http::Status::ok);

[[nodiscard]] http::Response no_content();

}  // namespace cardea::web
