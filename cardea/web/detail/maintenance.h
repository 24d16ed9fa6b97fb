// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

namespace cardea::web {

class App;

namespace detail {

/// An exception here is a bug or the end of memory: the program goes on, and says so.
void log_failure(const std::exception_ptr& failure);

/// Writes what was left to be written, while something still serves it, for ten seconds at the most. Blocks.
void write_what_is_left(const App& app);

}  // namespace detail
}  // namespace cardea::web
