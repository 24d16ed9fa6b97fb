// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/id.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace cardea::account {

/// Bounds how much of the hashing one account has at the same time, so that whoever has one does not keep
/// everybody else waiting. Thread-safe. A turn may outlive it: who waits for a hash is resumed, or destroyed,
/// after the desk is gone.
class HashTurns {
    /// What the accounts have, shared with every turn.
    struct Taken {
        std::mutex mutex;
        std::map<AccountId, std::size_t> of;  // those who have any
    };

 public:
    /// Given back when it goes.
    class Turn {
     public:
        Turn(Turn&& other) noexcept = default;
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (taken_ != nullptr) {
                give_back(*taken_, account_);
            }
        }

     private:
        friend class HashTurns;
        Turn() = default;
        Turn(std::shared_ptr<Taken> taken, AccountId account) noexcept
            : taken_(std::move(taken)), account_(account) {}

        std::shared_ptr<Taken> taken_;
        AccountId account_;
    };

    explicit HashTurns(std::size_t per_account) : per_account_(per_account) {}

    /// Nothing when the account has all of its turns; who is not named has as many as they like.
    [[nodiscard]] std::optional<Turn> take(const std::optional<AccountId>& account);

 private:
    static void give_back(Taken& taken, AccountId account) noexcept;

    std::size_t per_account_;
    std::shared_ptr<Taken> taken_ = std::make_shared<Taken>();
};

}  // namespace cardea::account
