// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/database.h"
#include "cardea/stores/detail/row_codec.h"

#include <optional>
#include <string_view>
#include <utility>

namespace cardea::stores::detail {

inline constexpr std::string_view account_has_session =
    "SELECT 1 FROM session WHERE account = $1 AND id = $2";

/// Whatever a session asks for is done while it is there: one that was ended meanwhile changes nothing,
/// though it was there when its request came.
inline void require_session(sql::Batch& batch, sql::Value account, const std::optional<SessionId>& session) {
    if (session) {
        sql::Params params{std::move(account), column(*session)};
        batch.add(account_has_session, std::move(params), {.rows = 1, .otherwise = Errc::unauthenticated});
    }
}

}  // namespace cardea::stores::detail
