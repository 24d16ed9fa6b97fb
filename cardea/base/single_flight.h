// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/callback.h"
#include "cardea/base/task.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace cardea {

/// Lets one caller do what many want at the same moment, while the others wait for its end:
///
///     const std::optional<SingleFlight::Lead> lead = co_await flight.join();
///     if (lead) { ... do it ... }      // else somebody did: look at what came of it
///
/// Thread-safe; callers may live on several event loops, and each resumes on its own.
class SingleFlight {
 public:
    /// Held by the one who works; when it goes, the others go on.
    class Lead {
     public:
        Lead(Lead&& other) noexcept : flight_(std::exchange(other.flight_, nullptr)) {}
        Lead& operator=(Lead&&) = delete;
        Lead(const Lead&) = delete;
        Lead& operator=(const Lead&) = delete;
        ~Lead() {
            if (flight_ != nullptr) {
                flight_->finish();
            }
        }

     private:
        friend class SingleFlight;
        explicit Lead(SingleFlight& flight) noexcept : flight_(&flight) {}

        SingleFlight* flight_;
    };

    SingleFlight() = default;
    SingleFlight(const SingleFlight&) = delete;
    SingleFlight& operator=(const SingleFlight&) = delete;
    ~SingleFlight() = default;

    /// A lead at once when nobody is working; otherwise nothing, as soon as that work has ended.
    Task<std::optional<Lead>> join();

    /// Whether somebody is working.
    [[nodiscard]] bool is_under_way() const;

 private:
    std::optional<Lead> try_join();
    Task<bool> wait();
    void finish() noexcept;

    mutable std::mutex mutex_;
    bool is_under_way_ = false;
    std::vector<Callback<bool>> waiting_;
};

}  // namespace cardea
