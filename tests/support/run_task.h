// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/blocking.h"
#include "cardea/base/late.h"
#include "cardea/base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Runs a task to its end on an event loop of its own, together with all that it started there.
template <class T>
T run(Task<T> task) {
    return block_on(std::move(task));
}

/// Runs tasks side by side on one event loop and returns what they returned, in their order. Throws what one
/// threw.
template <class T>
std::vector<T> run_all(std::vector<Task<T>> tasks) {
    boost::asio::io_context context(1);
    std::vector<Late<T>> results(tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        boost::asio::co_spawn(
            context,
            cardea::detail::keep_result(std::move(tasks[i]), results[i]),
            [](std::exception_ptr failure) {
                if (failure) {
                    std::rethrow_exception(failure);
                }
            }
        );
    }
    context.run();
    std::vector<T> values;
    for (Late<T>& result : results) {
        values.push_back(std::move(*result));
    }
    return values;
}

}  // namespace cardea::testing
