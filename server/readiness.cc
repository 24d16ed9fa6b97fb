// SPDX-License-Identifier: Apache-2.0
#include "server/readiness.h"

#include "cardea/log/log.h"

namespace cardea::server {
namespace {

constexpr Duration shared_for = std::chrono::seconds(1);
constexpr Duration patience = std::chrono::seconds(2);

ReadyState state_of(const Result<>& proven) noexcept {
    if (proven) {
        return ReadyState::ready;
    }
    switch (proven.error().code) {
        case Errc::store_corrupt:
            return ReadyState::damaged;
        case Errc::not_found:
            return ReadyState::missing;
        default:
            return ReadyState::unwritable;
    }
}

}  // namespace

std::string_view name(ReadyState state) noexcept {
    switch (state) {
        case ReadyState::ready:
            return "ready";
        case ReadyState::damaged:
            return "damaged";
        case ReadyState::missing:
            return "missing";
        case ReadyState::unwritable:
            return "unwritable";
        case ReadyState::stalled:
            return "stalled";
    }
    return "unknown";
}

Task<ReadyState> Readiness::ask() {
    if (is_asking_) {
        co_return is_fresh(patience) ? last_ : ReadyState::stalled;
    }
    if (is_fresh(shared_for)) {
        co_return last_;
    }
    asked_at_ = clock_.now();
    is_asking_ = true;
    const Result<> proven = co_await database_.prove_writable();
    is_asking_ = false;
    co_return conclude(proven);
}

bool Readiness::is_fresh(Duration within) const noexcept {
    const Duration age = clock_.now() - asked_at_;
    return age >= Duration() && age < within;  // a clock that was set back makes nothing fresh for long
}

ReadyState Readiness::conclude(const Result<>& proven) {
    const bool is_damaged = database_.errors().count(Errc::store_corrupt) > 0;
    const ReadyState state = is_damaged ? ReadyState::damaged : state_of(proven);
    if (state == last_) {
        return state;
    }
    last_ = state;
    if (state == ReadyState::ready) {
        log::info("ready.again");
    } else if (proven) {
        log::error("ready.lost", {{"reason", name(state)}});
    } else {
        log::error("ready.lost", {{"reason", name(state)}, {"error", proven.error()}});
    }
    return state;
}

}  // namespace cardea::server
