// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cardea {

/// How many codes there are.
inline constexpr std::size_t errc_count = static_cast<std::size_t>(Errc::internal) + 1;

/// How often each code was. Thread-safe; one atomic addition each.
class ErrcCounts {
 public:
    void add(Errc code) noexcept {
        counts_[static_cast<std::size_t>(code)].fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t count(Errc code) const noexcept {
        return counts_[static_cast<std::size_t>(code)].load(std::memory_order_relaxed);
    }

 private:
    std::array<std::atomic<std::uint64_t>, errc_count> counts_{};
};

}  // namespace cardea
