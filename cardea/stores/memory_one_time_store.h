// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/flow/one_time_store.h"

#include <map>
#include <mutex>
#include <vector>

namespace cardea::stores {

/// The reference OneTimeStore, gone with the process.
class MemoryOneTimeStore final : public flow::OneTimeStore {
 public:
    Task<Result<bool>> consume(OneTimeHash hash, Time expires_at) override;
    Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) override;

    /// consume() for a store that does it in a transaction of its own.
    [[nodiscard]] bool consume_now(const OneTimeUse& use);
    /// The same for several: all, or none and false.
    [[nodiscard]] bool consume_all_now(const std::vector<OneTimeUse>& uses);

 private:
    std::mutex mutex_;
    std::map<OneTimeHash, Time> consumed_;
};

}  // namespace cardea::stores
