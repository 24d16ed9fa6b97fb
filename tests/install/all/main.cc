// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/clock.h"
#include "cardea/base/task.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace {

cardea::Task<bool> time_has_begun(const cardea::Clock& clock) {
    co_return clock.now() > cardea::Time();
}

}  // namespace

int main() {
    const cardea::SystemClock clock;
    boost::asio::io_context context;
    bool answer = false;
    boost::asio::co_spawn(context, time_has_begun(clock), [&](std::exception_ptr, bool value) {
        answer = value;
    });
    context.run();
    return answer ? 0 : 1;
}
