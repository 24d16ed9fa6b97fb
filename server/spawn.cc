// SPDX-License-Identifier: Apache-2.0
#include "server/spawn.h"

#include "cardea/log/log.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace cardea::server {

void log_failure(std::string_view what, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        log::error("task.failed", {{"task", what}, {"what", exception.what()}});
    } catch (...) {
        log::error("task.failed", {{"task", what}, {"what", "no std::exception"}});
    }
}

void spawn(boost::asio::io_context& context, Task<> task, std::string_view what) {
    boost::asio::co_spawn(context, std::move(task), [what](const std::exception_ptr& failure) {
        if (failure) {
            log_failure(what, failure);
        }
    });
}

}  // namespace cardea::server
