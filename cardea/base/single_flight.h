// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace cardea {

/// Lets one caller do what many want at the same moment, while the others wait for its end:
///
///     const std::optional<SingleFlight::Seat> seat = co_await flight.board();
///     if (seat) { ... do it ... }      // else somebody did: look at what came of it
///
/// Thread-safe; callers may live on several event loops, and each resumes on its own.
class SingleFlight {
 public:
    /// Held by the one who works; when it goes, the others go on.
    class Seat {
     public:
        Seat(Seat&& other) noexcept : flight_(std::exchange(other.flight_, nullptr)) {}
        Seat& operator=(Seat&&) = delete;
        Seat(const Seat&) = delete;
        Seat& operator=(const Seat&) = delete;
        ~Seat() {
            if (flight_ != nullptr) {
                flight_->land();
            }
        }

     private:
        friend class SingleFlight;
        explicit Seat(SingleFlight& flight) noexcept : flight_(&flight) {}

        SingleFlight* flight_;
    };

    SingleFlight() = default;
    SingleFlight(const SingleFlight&) = delete;
    SingleFlight& operator=(const SingleFlight&) = delete;
    ~SingleFlight() = default;

    /// A seat at once when nobody is working; otherwise nothing, as soon as that work has ended.
    Task<std::optional<Seat>> board();

    /// Whether somebody is working.
    [[nodiscard]] bool is_under_way() const;

 private:
    std::optional<Seat> try_board();
    Task<bool> wait();
    void land() noexcept;

    mutable std::mutex mutex_;
    bool is_under_way_ = false;
    std::vector<std::move_only_function<void(bool)>> waiting_;
};

}  // namespace cardea
