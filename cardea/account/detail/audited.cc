// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"

#include "cardea/audit/log.h"
#include "cardea/audit/reference.h"
#include "cardea/log/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

namespace cardea::account::detail {
namespace {

bool is_worth_a_row(Errc code) noexcept {
    return code != Errc::rate_limited && code != Errc::busy;
}

}  // namespace

Audited::Audited(const Parts& parts, audit::Event event, const RequestFacts& facts) : parts_(parts) {
    entry_.event = event;
    entry_.personal.client_address = facts.client_address;
    entry_.personal.user_agent = facts.user_agent;
}

Audited::Audited(const Parts& parts, audit::Event event, std::string actor) : parts_(parts) {
    entry_.event = event;
    entry_.personal.actor = std::move(actor);
}

Task<std::unexpected<Error>> Audited::refuse(Errc code, audit::Rule rule, Duration wait) {
    entry_.refusal = code;
    entry_.reference = parts_.references.make(parts_.clock.now(), code, rule);
    bool is_worth_a_line = false;
    if (is_worth_a_row(code)) {
        is_worth_a_line = co_await parts_.audit.note(entry_);
    } else {
        is_worth_a_line = !parts_.audit.is_one_too_many(entry_);
    }
    const auto write = is_worth_a_line ? log::info : log::debug;
    write(
        "account.refused",
        {{"reference", entry_.reference},
         {"code", code},
         {"rule", name(rule)},
         {"action", name(entry_.event)},
         {"client", entry_.personal.client_address}}
    );
    Error error;
    error.code = code;
    error.context = name(rule);
    error.retry_after = std::chrono::ceil<std::chrono::seconds>(wait);
    error.reference = entry_.reference;
    co_return std::unexpected<Error>(std::move(error));
}

Task<std::unexpected<Error>> Audited::refuse_change(Errc code) {
    const bool is_session_gone = code == Errc::unauthenticated;
    return refuse(code, is_session_gone ? audit::Rule::session : audit::Rule::store);
}

Task<Result<>> Audited::record() {
    return parts_.audit.record(entry_);
}

Task<> Audited::note() {
    co_await parts_.audit.note(entry_);
}

Task<> in_background(Task<Result<>> work) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    boost::asio::co_spawn(
        executor,
        std::move(work),
        [](const std::exception_ptr& failure, const Result<>& result) {
            if (failure) {
                log::warning("account.write_failed", {{"error", Errc::internal}});
            } else if (!result && result.error().code != Errc::not_found) {
                log::warning("account.write_failed", {{"error", result.error()}});
            }
        }
    );
}

}  // namespace cardea::account::detail
