// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>

namespace cardea {

/// A moment in UTC, in milliseconds: what every store can keep exactly.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;

/// Where services get the time from; pure functions take a `Time now` instead. Thread-safe.
class Clock {
 public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const noexcept = 0;
};

/// The machine's clock. The only place that reads it.
class SystemClock final : public Clock {
 public:
    [[nodiscard]] Time now() const noexcept override;
};

/// A clock for tests that moves only when it is told to. Thread-safe.
class FakeClock final : public Clock {
 public:
    explicit FakeClock(Time start = Time(std::chrono::seconds(1'700'000'000))) noexcept
        : now_(start.time_since_epoch().count()) {}

    [[nodiscard]] Time now() const noexcept override { return Time(Duration(now_.load())); }
    void advance(Duration by) noexcept { now_ += by.count(); }
    void set(Time to) noexcept { now_ = to.time_since_epoch().count(); }

 private:
    std::atomic<Duration::rep> now_;
};

}  // namespace cardea
