// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"

#include <string>
#include <string_view>

namespace cardea::web {

/// 303: the browser fetches `location` with GET. The location is relative or of our own making, never text
/// from outside that was not checked.
[[nodiscard]] http::Response redirect_to(std::string_view location);

/// A JSON text as the answer.
[[nodiscard]] http::Response json(std::string text, http::Status status = http::Status::ok);

/// An HTML document as the answer.
[[nodiscard]] http::Response page(std::string html, http::Status status = http::Status::ok);

/// 204: it was done, and there is nothing to say.
[[nodiscard]] http::Response no_content();

}  // namespace cardea::web
