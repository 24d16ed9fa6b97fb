// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"

#include <cstdint>
#include <optional>

namespace CLI {
class App;
}

namespace cardea::server {

/// The option --at: what a command takes for now.
class TimeOption {
 public:
    /// Adds it to a command, which it outlives.
    void add_to(CLI::App& command);

    /// The time that was given, or the clock's.
    [[nodiscard]] Time now() const;

 private:
    std::optional<std::int64_t> at_;
};

}  // namespace cardea::server
