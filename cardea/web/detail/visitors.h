// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/id.h"
#include "cardea/base/random.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cardea::web::detail {

/// Whose the sessions of visitors are: a store ends the one of an account's sessions that was unseen for the
/// longest time when there are too many, so visitors have accounts too. A few dozen of them, so that none has
/// many sessions to look through and what ends one session has others read again seldom.
class Visitors {
 public:
    /// `max` of them in all, at least 1.
    explicit Visitors(std::size_t max) noexcept
        : accounts_(std::clamp<std::size_t>(max / sessions_per_account, 1, max_accounts)),
          limit_(max / accounts_) {}

    [[nodiscard]] AccountId account(Random& random) const {
        std::array<std::uint8_t, 16> bytes{};
        bytes.fill(0xff);
        bytes.front() = static_cast<std::uint8_t>(random.bytes<8>().front() % accounts_);
        return AccountId(bytes);
    }
    /// How many sessions each of the accounts may have.
    [[nodiscard]] std::size_t limit() const noexcept { return limit_; }

 private:
    static constexpr std::size_t sessions_per_account = 128;
    static constexpr std::size_t max_accounts = 64;

    std::size_t accounts_;
    std::size_t limit_;
};

}  // namespace cardea::web::detail
