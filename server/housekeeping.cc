// SPDX-License-Identifier: Apache-2.0
#include "server/housekeeping.h"

#include "cardea/log/log.h"
#include "server/runtime.h"
#include "server/spawn.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>

#include <chrono>

namespace cardea::server {
namespace {

using Timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock,
    boost::asio::wait_traits<std::chrono::steady_clock>,
    Executor>;

Task<> wait(Executor executor, Duration pause) {
    Timer timer(executor, pause);
    co_await timer.async_wait(boost::asio::as_tuple(use_task));
}

Task<> every_minute(Executor executor, Runtime& runtime) {
    for (;;) {
        co_await wait(executor, std::chrono::minutes(1));
        co_await runtime.system().maintain();
    }
}

Task<> every_hour(Executor executor, Runtime& runtime) {
    for (;;) {
        const Result<audit::Head> head = co_await runtime.system().audit().head();
        if (head) {
            log::info("audit.head", {{"head", audit::to_string(*head)}});
        }
        co_await wait(executor, std::chrono::hours(1));
    }
}

Task<> check_after_unclean_stop(Runtime& runtime) {
    if (runtime.database().was_closed_cleanly()) {
        co_return;
    }
    const auto problems = co_await runtime.database().check(sql::CheckDepth::quick);
    if (!problems) {
        log::warning("database.check_failed", {{"error", problems.error()}});
    } else if (problems->empty()) {
        log::info("database.whole_after_unclean_stop");
    }
    if (problems && !problems->empty()) {
        log::error("database.damaged", {{"first", problems->front()}, {"problems", problems->size()}});
    }
}

}  // namespace

void start_housekeeping(boost::asio::io_context& context, Runtime& runtime) {
    spawn(context, every_minute(context.get_executor(), runtime), "housekeeping.every_minute");
    spawn(context, every_hour(context.get_executor(), runtime), "housekeeping.every_hour");
    spawn(context, check_after_unclean_stop(runtime), "housekeeping.check");
}

}  // namespace cardea::server
