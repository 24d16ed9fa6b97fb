// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace cardea {

/// How often each of an enum's `size` values was, which are 0, 1, 2, ... Thread-safe; one atomic addition
/// each.
template <class Enum, std::size_t size>
class EnumCounts {
 public:
    void add(Enum value) noexcept {
        counts_[static_cast<std::size_t>(value)].fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t count(Enum value) const noexcept {
        return counts_[static_cast<std::size_t>(value)].load(std::memory_order_relaxed);
    }

 private:
    std::array<std::atomic<std::uint64_t>, size> counts_{};
};

}  // namespace cardea
