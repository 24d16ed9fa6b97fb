// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/limits.h"

#include <cstdint>
#include <optional>

namespace cardea::net::detail {

/// Seconds as the sweep of an event loop counts them: a deadline costs no clock call and no timer.
using Tick = std::uint32_t;

enum class Phase : std::uint8_t {
    fresh,  ///< accepted, nothing received yet
    idle,   ///< between two requests
    head,
    body,
    answering,  ///< the service works; its own deadlines count
    writing,    ///< the client does not take what waits for it
    lingering,  ///< refused; what the client still sends is thrown away
};

/// How long a connection has been in its phase.
class PhaseTimer {
 public:
    explicit PhaseTimer(Tick now) noexcept : since_(now) {}

    /// Starts the phase, or goes on with it when it has started.
    void enter(Phase phase, Tick now) noexcept {
        if (phase != phase_) {
            restart(phase, now);
        }
    }
    void restart(Phase phase, Tick now) noexcept {
        phase_ = phase;
        since_ = now;
    }

    [[nodiscard]] Phase phase() const noexcept { return phase_; }
    /// Whole seconds in this phase, or one less.
    [[nodiscard]] Tick elapsed(Tick now) const noexcept { return now - since_; }
    /// Whether the phase took longer than its limit: never early, at most a second late.
    [[nodiscard]] bool is_expired(const Limits& limits, Tick now) const noexcept {
        const std::optional<std::chrono::seconds> limit = limit_of(phase_, limits);
        return limit && std::chrono::seconds(elapsed(now)) > *limit;
    }

 private:
    [[nodiscard]] static std::optional<std::chrono::seconds> limit_of(
        Phase phase, const Limits& limits
    ) noexcept {
        switch (phase) {
            case Phase::fresh:
            case Phase::head:
                return limits.head;
            case Phase::idle:
                return limits.idle;
            case Phase::body:
                return limits.body;
            case Phase::writing:
                return limits.write;
            case Phase::lingering:
                return std::chrono::seconds(1);
            case Phase::answering:
                return std::nullopt;
        }
        return std::nullopt;
    }

    Phase phase_ = Phase::fresh;
    Tick since_;
};

}  // namespace cardea::net::detail
