// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/problem.h"

#include <string>

namespace cardea::web {

/// A refusal as a page without a style: what happened, and which fields were wrong. What an App shows
/// browsers when the program has no page of its own.
[[nodiscard]] std::string plain_problem_page(const http::Request& request, const ShownProblem& problem);

}  // namespace cardea::web
