// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>

namespace cardea::net::detail {

/// How long a body may be, and how much an outbox may keep once all is sent, without being counted: a sign-in
/// fits, so that ordinary requests pay nothing. What is longer is counted while it waits.
inline constexpr std::size_t uncounted_bytes = 4096;

/// The bytes that all connections of a server may hold together (Limits::buffered_bytes). Thread-safe.
class BufferBudget {
 public:
    explicit BufferBudget(std::size_t limit) noexcept : limit_(limit) {}

    /// Whether they were to be had.
    [[nodiscard]] bool take(std::size_t bytes) noexcept {
        std::size_t taken = taken_.load(std::memory_order_relaxed);
        while (bytes <= limit_ - taken) {
            if (taken_.compare_exchange_weak(taken, taken + bytes, std::memory_order_relaxed)) {
                return true;
            }
        }
        return false;
    }
    void give_back(std::size_t bytes) noexcept { taken_.fetch_sub(bytes, std::memory_order_relaxed); }

    [[nodiscard]] std::size_t taken() const noexcept { return taken_.load(std::memory_order_relaxed); }
    /// Whether more than half is taken: time for those to give way whose clients keep us waiting.
    [[nodiscard]] bool is_scarce() const noexcept { return taken() > limit_ / 2; }

 private:
    std::size_t limit_;
    std::atomic<std::size_t> taken_ = 0;
};

/// What one buffer has of a budget, which outlives it. Its end gives all back. Not thread-safe.
class BufferShare {
 public:
    explicit BufferShare(BufferBudget& budget) noexcept : budget_(budget) {}
    ~BufferShare() { release(); }
    BufferShare(const BufferShare&) = delete;
    BufferShare& operator=(const BufferShare&) = delete;

    /// Takes what is missing to `bytes`. False, and as before, where that is not to be had.
    [[nodiscard]] bool grow_to(std::size_t bytes) noexcept {
        if (bytes > bytes_) {
            if (!budget_.take(bytes - bytes_)) {
                return false;
            }
            bytes_ = bytes;
        }
        return true;
    }
    void release() noexcept {
        if (bytes_ > 0) {
            budget_.give_back(bytes_);
            bytes_ = 0;
        }
    }
    [[nodiscard]] bool is_empty() const noexcept { return bytes_ == 0; }

 private:
    BufferBudget& budget_;
    std::size_t bytes_ = 0;
};

}  // namespace cardea::net::detail
