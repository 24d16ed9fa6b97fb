// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Runs a task to its end on an event loop of its own and returns what it returned.
template <class T>
T run(Task<T> task) {
    boost::asio::io_context context(1);
    std::optional<T> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
        failure = error;
        result = std::move(value);
    });
    context.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return std::move(*result);
}

/// Runs tasks side by side on one event loop and returns what they returned, in their order.
template <class T>
std::vector<T> run_all(std::vector<Task<T>> tasks) {
    boost::asio::io_context context(1);
    std::vector<std::optional<T>> results(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        boost::asio::co_spawn(context, std::move(tasks[i]), [&results, i](std::exception_ptr, T value) {
            results[i] = std::move(value);
        });
    }
    context.run();
    std::vector<T> values;
    for (std::optional<T>& result : results) {
        values.push_back(std::move(result.value()));
    }
    return values;
}

}  // namespace cardea::testing
