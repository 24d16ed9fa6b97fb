// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace cardea::testing {

namespace detail {
template <class T>
Task<> keep_result(Task<T> task, std::optional<T>& result) {
    T value = co_await std::move(task);
    result.emplace(std::move(value));
}
}  // namespace detail

/// Runs a task to its end on an event loop of its own, together with all that it started there.
inline void run(Task<> task) {
    boost::asio::io_context context(1);
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error) { failure = error; });
    context.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
}

/// The same, and returns what the task returned.
template <class T>
    requires(!std::is_void_v<T>)
T run(Task<T> task) {
    std::optional<T> result;
    run(detail::keep_result(std::move(task), result));
    return std::move(*result);
}

/// Runs tasks side by side on one event loop and returns what they returned, in their order.
template <class T>
std::vector<T> run_all(std::vector<Task<T>> tasks) {
    boost::asio::io_context context(1);
    std::vector<std::optional<T>> results(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        boost::asio::co_spawn(
            context, detail::keep_result(std::move(tasks[i]), results[i]), [](std::exception_ptr) {}
        );
    }
    context.run();
    std::vector<T> values;
    for (std::optional<T>& result : results) {
        values.push_back(std::move(result.value()));
    }
    return values;
}

}  // namespace cardea::testing
