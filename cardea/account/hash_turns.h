// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/id.h"

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace cardea::account {

/// Bounds how much of the hashing one account has at the same time, so that whoever has one does not keep
/// everybody else waiting. Thread-safe; outlives its turns.
class HashTurns {
 public:
    /// Given back when it goes.
    class Turn {
     public:
        Turn(Turn&& other) noexcept
            : turns_(std::exchange(other.turns_, nullptr)), account_(other.account_) {}
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (turns_ != nullptr) {
                turns_->give_back(account_);
            }
        }

     private:
        friend class HashTurns;
        Turn() = default;
        Turn(HashTurns& turns, AccountId account) noexcept : turns_(&turns), account_(account) {}

        HashTurns* turns_ = nullptr;
        AccountId account_;
    };

    explicit HashTurns(std::size_t per_account) noexcept : per_account_(per_account) {}

    /// Nothing when the account has all of its turns; who is not named has as many as they like.
    [[nodiscard]] std::optional<Turn> take(const std::optional<AccountId>& account);

 private:
    void give_back(AccountId account) noexcept;

    std::size_t per_account_;
    std::mutex mutex_;
    std::map<AccountId, std::size_t> taken_;  // of those who have any
};

}  // namespace cardea::account
