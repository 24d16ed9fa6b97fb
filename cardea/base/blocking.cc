// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/blocking.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <utility>

namespace cardea {

void block_on(Task<> task) {
    boost::asio::io_context context(1);
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error) {
        failure = std::move(error);
    });
    context.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace cardea
