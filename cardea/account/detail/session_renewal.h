// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/session/service.h"

#include <optional>
#include <utility>

namespace cardea::account::detail {

/// Gives the session a new token, since something was changed in it. Nothing when another request did so
/// meanwhile, or ended it: what was changed stays so, and the token of this request is worth nothing already.
[[nodiscard]] inline Task<Result<std::optional<session::SessionToken>>> renew_token(
    const Parts& parts, session::TokenHash token_hash
) {
    Result<session::SessionToken> token = co_await parts.sessions.rotate(token_hash);
    if (!token && token.error().code == Errc::unauthenticated) {
        co_return std::optional<session::SessionToken>();
    }
    if (!token) {
        co_return propagate(token);
    }
    co_return std::optional<session::SessionToken>(std::move(*token));
}

}  // namespace cardea::account::detail
