// SPDX-License-Identifier: Apache-2.0
#include "server/housekeeping.h"

#include "cardea/base/repeat_every.h"
#include "cardea/log/log.h"
#include "server/runtime.h"
#include "server/spawn.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <utility>

namespace cardea::server {
namespace {

Task<> log_head(Runtime& runtime) {
    const Result<audit::Head> head = co_await runtime.system().audit().head();
    if (head) {
        log::info("audit.head", {{"head", audit::to_string(*head)}});
    }
}

/// `what` is a constant.
void start_repeating(
    boost::asio::io_context& context, Duration pause, std::function<Task<>()> work, std::string_view what
) {
    const auto on_failure = [what](const std::exception_ptr& failure) { log_failure(what, failure); };
    spawn(context, repeat_every(pause, std::move(work), on_failure), what);
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
    const auto maintain = [&runtime] { return runtime.system().maintain(); };
    const auto tell_head = [&runtime] { return log_head(runtime); };
    start_repeating(context, std::chrono::minutes(1), maintain, "housekeeping.every_minute");
    spawn(context, log_head(runtime), "housekeeping.head");
    start_repeating(context, std::chrono::hours(1), tell_head, "housekeeping.every_hour");
    spawn(context, check_after_unclean_stop(runtime), "housekeeping.check");
}

}  // namespace cardea::server
