// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <utility>

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

}  // namespace cardea::testing
