// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/one_time.h"
#include "cardea/sql/database.h"
#include "cardea/stores/detail/row_codec.h"

#include <string_view>
#include <utility>
#include <vector>

namespace cardea::stores::detail {

/// Changes one row the first time and none after that. Used by every store whose rows are earned by one-time
/// values.
inline constexpr std::string_view consume_one_time =
    "INSERT INTO one_time (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";

/// All of them or, with Errc::replayed, nothing of the batch.
inline void add_uses(sql::Batch& batch, const std::vector<OneTimeUse>& uses) {
    for (const OneTimeUse& use : uses) {
        sql::Params params{column(use.hash), column(use.expires_at)};
        batch.add(consume_one_time, std::move(params), {.rows = 1, .otherwise = Errc::replayed});
    }
}

}  // namespace cardea::stores::detail
