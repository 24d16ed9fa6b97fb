// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/problem.h"

#include <string>

namespace cardea::identity {

/// A refusal as a page in our look: what happened, in a sentence, and the reference for the operator.
[[nodiscard]] std::string problem_page(const http::Request& request, const web::ShownProblem& problem);

}  // namespace cardea::identity
