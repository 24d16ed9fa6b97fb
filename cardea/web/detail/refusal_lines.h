// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/errc.h"
#include "cardea/base/random.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <cstdint>
#include <mutex>
#include <string_view>

namespace cardea::web::detail {

/// How many refusals of one code are told in the usual log for an address: anybody can be refused as often as
/// they like.
inline constexpr ratelimit::Limit told_refusals{.count = 60, .period = std::chrono::minutes(1)};

/// And for all addresses and codes together, of which nobody is short.
inline constexpr ratelimit::Limit told_refusals_of_all{.count = 600, .period = std::chrono::minutes(1)};

/// Keeps refusals from filling the log, and says in it how many were left out: once a minute at most, with
/// the next refusal. Memory of one process, of a fixed size. Thread-safe.
class RefusalLines {
 public:
    /// Both outlive it.
    RefusalLines(const Clock& clock, Random& random);

    /// Counts a refusal; true past told_refusals, and past told_refusals_of_all. Of our own failures
    /// (Errc::internal) each may be another, so they count towards the second alone.
    [[nodiscard]] bool is_one_too_many(Errc code, std::string_view client_address);

 private:
    /// How many are to be told of now; 0: none, or it is too early.
    [[nodiscard]] std::uint64_t take_report(bool is_left_out, Time now);

    const Clock& clock_;
    ratelimit::MemoryLimiter refusals_;
    ratelimit::MemoryLimiter all_;
    std::mutex mutex_;  // over what follows
    std::uint64_t left_out_ = 0;
    Time next_report_;
};

}  // namespace cardea::web::detail
