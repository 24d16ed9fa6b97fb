// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/base/task.h"

#include <type_traits>
#include <utility>

namespace cardea {

/// Runs a task to its end on this thread, with all that it starts there, and throws what it threw. For
/// programs without an event loop of ours: another web server, a command. Blocks; may be called on any number
/// of threads at once, but never within a task, whose thread it would hold up.
void block_on(Task<> task);

namespace detail {
template <class T>
Task<> keep_result(Task<T> task, Late<T>& result) {
    T value = co_await std::move(task);
    result.emplace(std::move(value));
}
}  // namespace detail

/// The same, and returns what the task returned: `block_on(sessions.authenticate(credential))`.
template <class T>
    requires(!std::is_void_v<T>)
[[nodiscard]] T block_on(Task<T> task) {
    Late<T> result;
    block_on(detail::keep_result(std::move(task), result));
    return std::move(*result);
}

}  // namespace cardea
