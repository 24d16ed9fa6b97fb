// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/log.h"

#include "cardea/audit/detail/appender.h"
#include "cardea/audit/detail/verifier.h"
#include "cardea/base/callback.h"
#include "cardea/http/address.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <tuple>

namespace cardea::audit {
namespace {

using detail::Appender;

constexpr std::size_t verify_batch = 500;
constexpr std::size_t remembered_causes = 16'384;

bool is_by_limit(const Entry& entry) noexcept {
    return entry.refusal == Errc::rate_limited || entry.refusal == Errc::busy;
}

/// Whether a stranger can have as many of them as there are addresses. Where a password was tried there was a
/// hash to compute, of which there are only so many.
bool costs_strangers_nothing(const Entry& entry) noexcept {
    return entry.account.is_nil() && (entry.event != Event::signed_in || is_by_limit(entry));
}

/// Whose refusals count together. By event too: who is refused one thing all the time hides nothing else. And
/// what a limit refuses does not use up what is kept for the tries that it let through.
std::string cause_of(const Entry& entry) {
    std::string kind(name(entry.event));
    kind += is_by_limit(entry) ? "_limited" : "";
    if (entry.account.is_nil()) {
        return ratelimit::make_key(kind, http::limit_key(entry.personal.client_address));
    }
    return ratelimit::make_key(kind, as_text(entry.account.bytes()));
}

void start(const Executor& executor, const std::shared_ptr<Appender>& appender) {
    boost::asio::co_spawn(executor, Appender::run(appender), [appender](const std::exception_ptr& failure) {
        if (failure) {
            appender->stopped();
        }
    });
}

/// Hands `push` a callback and waits until it is called.
template <class Push>
Task<Result<>> wait_for(std::shared_ptr<Appender> appender, Push push) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    auto queue = [&executor, &appender, &push](Appender::Done done) {
        if (push(*appender, std::move(done))) {
            start(executor, appender);
        }
    };
    co_return co_await wait_for_callback<Result<>>(queue);
}

}  // namespace

std::string_view name(Damage damage) noexcept {
    switch (damage) {
        case Damage::changed:
            return "changed";
        case Damage::missing:
            return "missing";
        case Damage::personal_changed:
            return "personal_changed";
        case Damage::truncated:
            return "truncated";
    }
    return "unknown";
}

AuditLog::AuditLog(AuditStore& store, const crypto::Keyring& keyring, const Clock& clock, Random& random)
    : store_(store),
      keyring_(keyring),
      clock_(clock),
      refusals_(random.secret<16>(), ratelimit::Quota(noted_refusals), remembered_causes),
      of_strangers_(random.secret<16>(), ratelimit::Quota(noted_refusals_of_strangers), 64),
      appender_(std::make_shared<Appender>(Appender::Parts{store, keyring, clock, random})) {}

AuditLog::~AuditLog() = default;

Task<Result<>> AuditLog::record(Entry entry) {
    auto push = [entry = std::move(entry)](Appender& appender, Appender::Done done) mutable {
        return appender.push(std::move(entry), std::move(done));
    };
    return wait_for(appender_, std::move(push));
}

Task<bool> AuditLog::note(Entry entry) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    const bool is_dropped = is_one_too_many(entry);
    const bool starts = is_dropped ? appender_->drop() : appender_->push(std::move(entry), Appender::Done());
    if (starts) {
        start(executor, appender_);
    }
    co_return !is_dropped;
}

bool AuditLog::is_one_too_many(const Entry& entry) {
    if (entry.event == Event::signed_in) {
        sign_ins_.add(outcome_of(entry.refusal));
    }
    if (!entry.refusal) {
        return false;
    }
    const auto allows = [now = clock_.now()](ratelimit::MemoryLimiter& limiter, std::string_view key) {
        return limiter.take(key, now).value_or(ratelimit::Decision()).allowed;  // memory always answers
    };
    return !allows(refusals_, cause_of(entry)) ||
           (costs_strangers_nothing(entry) && !allows(of_strangers_, name(entry.event)));
}

Task<Result<>> AuditLog::flush() {
    auto push = [](Appender& appender, Appender::Done done) { return appender.push_mark(std::move(done)); };
    return wait_for(appender_, std::move(push));
}

std::uint64_t AuditLog::dropped() const noexcept {
    return appender_->dropped();
}

Task<Result<Head>> AuditLog::head() {
    return appender_->head();
}

Task<Result<Verification>> AuditLog::verify(std::optional<Head> known) {
    detail::Verifier verifier(keyring_, known);
    for (bool goes_on = true; goes_on;) {
        Result<std::vector<AuditRecord>> rows = co_await store_.read(verifier.count() + 1, verify_batch);
        if (!rows) {
            co_return propagate(rows);
        }
        goes_on = !rows->empty() &&
                  std::ranges::all_of(*rows, [&](const AuditRecord& row) { return verifier.take(row); });
    }
    co_return verifier.finish();
}

Task<Result<std::size_t>> AuditLog::erase_personal(AccountId account) {
    appender_->forget(account);
    // What was made into rows before is in the store then; what could not be written needs no erasure.
    std::ignore = co_await flush();
    co_return co_await store_.erase_personal(account, std::string(name(Event::account_removed)));
}

}  // namespace cardea::audit
