// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/one_time.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <cstddef>

namespace cardea::flow {

/// Remembers which one-time values were consumed. Only consumption is written, so strangers who begin flows
/// and leave them cannot fill the database. A value that entitles to a session is consumed by the insert of
/// that session instead (session/store.h), which a backend counts as the same. Thread-safe.
class OneTimeStore {
 public:
    virtual ~OneTimeStore() = default;
    /// True exactly once per hash, for all callers together; it is kept until `expires_at`.
    virtual Task<Result<bool>> consume(OneTimeHash hash, Time expires_at) = 0;
    /// Forgets at most `limit` values that expired before `now`; the number forgotten.
    virtual Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) = 0;
};

}  // namespace cardea::flow
