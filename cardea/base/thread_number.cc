// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/thread_number.h"

#include <algorithm>
#include <array>
#include <mutex>

namespace cardea {

namespace {

class Numbers {
 public:
    std::size_t take() noexcept {
        const std::lock_guard lock(mutex_);
        const auto free = std::ranges::find(taken_, false);
        if (free != taken_.end()) {
            *free = true;
        }
        return static_cast<std::size_t>(free - taken_.begin());
    }

    void give_back(std::size_t number) noexcept {
        const std::lock_guard lock(mutex_);
        if (number < taken_.size()) {
            taken_[number] = false;
        }
    }

 private:
    std::mutex mutex_;
    std::array<bool, thread_number_limit> taken_{};
};

Numbers& numbers() noexcept {
    static Numbers all;
    return all;
}

class Holder {
 public:
    Holder() noexcept : number_(numbers().take()) {}
    ~Holder() { numbers().give_back(number_); }
    Holder(const Holder&) = delete;
    Holder& operator=(const Holder&) = delete;

    [[nodiscard]] std::size_t number() const noexcept { return number_; }

 private:
    std::size_t number_;
};

}  // namespace

std::size_t this_thread_number() noexcept {
    thread_local const Holder holder;
    return holder.number();
}

}  // namespace cardea
