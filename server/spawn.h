// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

#include <exception>
#include <string_view>

namespace cardea::server {

/// Starts a task that nobody waits for. If it throws, the log says which it was. `what` is a constant.
void spawn(boost::asio::io_context& context, Task<> task, std::string_view what);

/// Logs what such a task has thrown.
void log_failure(std::string_view what, const std::exception_ptr& failure);

}  // namespace cardea::server
