// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/middleware.h"

namespace cardea::web {

Result<> Middleware::start(Setup& /*setup*/) {
    return {};
}

bool Middleware::prepare_at_once(Request& /*request*/) {
    return true;
}

Task<> Middleware::prepare(Request& /*request*/) {
    co_return;
}

std::optional<http::Response> Middleware::before(Request& /*request*/) {
    return std::nullopt;
}

bool Middleware::must_commit(const Request& /*request*/) const {
    return false;
}

Task<Result<>> Middleware::commit(Request& /*request*/, http::Response& /*response*/) {
    co_return Result<>{};
}

void Middleware::after(Request& /*request*/, http::Response& /*response*/) {}

Task<> Middleware::maintain() {
    co_return;
}

}  // namespace cardea::web
