// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/middleware.h"

namespace cardea::web {

bool Middleware::prepare_at_once(Request& /*request*/) {
    return true;
}

Task<> Middleware::prepare(Request& /*request*/) {
    co_return;
}

std::optional<http::Response> Middleware::before(Request& /*request*/) {
    return std::nullopt;
}

void Middleware::after(Request& /*request*/, http::Response& /*response*/) {}

}  // namespace cardea::web
