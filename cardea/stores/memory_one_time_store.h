// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/flow/one_time_store.h"

#include <map>
#include <mutex>

namespace cardea::stores {

/// The reference OneTimeStore, gone with the process.
class MemoryOneTimeStore final : public flow::OneTimeStore {
 public:
    Task<Result<bool>> consume(flow::OneTimeHash hash, Time expires_at) override;
    Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) override;

 private:
    std::mutex mutex_;
    std::map<flow::OneTimeHash, Time> consumed_;
};

}  // namespace cardea::stores
