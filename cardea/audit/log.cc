// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/log.h"

#include "cardea/audit/detail/appender.h"
#include "cardea/audit/detail/chain.h"
#include "cardea/base/callback.h"
#include "cardea/http/address.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace cardea::audit {
namespace {

using detail::Appender;

constexpr std::size_t verify_batch = 500;
constexpr std::size_t remembered_causes = 16'384;

/// Whose refusals count together. By event too: who is refused one thing all the time hides nothing else.
std::string cause_of(const Entry& entry) {
    if (entry.account.is_nil()) {
        return ratelimit::make_key(name(entry.event), http::limit_key(entry.personal.client_address));
    }
    return ratelimit::make_key(name(entry.event), as_text(entry.account.bytes()));
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
        case Damage::unknown_key:
            return "unknown_key";
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
      appender_(std::make_shared<Appender>(Appender::Parts{store, keyring, clock, random})) {}

AuditLog::~AuditLog() = default;

Task<Result<>> AuditLog::record(Entry entry) {
    auto push = [entry = std::move(entry)](Appender& appender, Appender::Done done) mutable {
        return appender.push(std::move(entry), std::move(done));
    };
    return wait_for(appender_, std::move(push));
}

Task<> AuditLog::note(Entry entry) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    const bool starts =
        is_one_too_many(entry) ? appender_->drop() : appender_->push(std::move(entry), Appender::Done());
    if (starts) {
        start(executor, appender_);
    }
}

bool AuditLog::is_one_too_many(const Entry& entry) {
    if (!entry.refusal) {
        return false;
    }
    const Result<ratelimit::Decision> decision = refusals_.take(cause_of(entry), clock_.now());
    return !decision || !decision->allowed;
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

Task<Result<Verification>> AuditLog::verify(VerifyRange range) {
    Head previous;
    if (range.first > 1) {
        Result<std::vector<AuditRecord>> anchor = co_await store_.read(range.first - 1, 1);
        if (!anchor) {
            co_return propagate(anchor);
        }
        if (anchor->empty() || anchor->front().sequence != range.first - 1) {
            co_return Verification{0, Break{range.first - 1, Damage::missing}};
        }
        previous = {anchor->front().sequence, anchor->front().mac};
    }
    co_return co_await verify_from(previous, range);
}

Task<Result<Verification>> AuditLog::verify_from(Head previous, VerifyRange range) {
    Verification verified;
    while (previous.count < range.last && !verified.first_break) {
        Result<std::vector<AuditRecord>> rows = co_await store_.read(previous.count + 1, verify_batch);
        if (!rows) {
            co_return propagate(rows);
        }
        if (rows->empty()) {
            break;
        }
        previous = check_rows(*rows, previous, range, verified);
    }
    const std::int64_t wanted = range.known_head ? std::min(range.known_head->count, range.last) : 0;
    if (!verified.first_break && previous.count < wanted) {
        verified.first_break = Break{previous.count + 1, Damage::truncated};
    }
    co_return verified;
}

Head AuditLog::check_rows(
    const std::vector<AuditRecord>& rows, Head previous, const VerifyRange& range, Verification& verified
) const {
    for (const AuditRecord& row : rows) {
        if (previous.count == range.last) {
            break;
        }
        std::optional<Damage> damage = detail::check_row(row, previous, keyring_);
        const bool is_known_head = range.known_head && range.known_head->count == row.sequence;
        if (!damage && is_known_head && !constant_time_equal(range.known_head->mac, row.mac)) {
            damage = Damage::changed;  // the whole log was written anew, with our key
        }
        if (damage) {
            verified.first_break = Break{previous.count + 1, *damage};
            break;
        }
        previous = {row.sequence, row.mac};
        ++verified.rows;
    }
    return previous;
}

Task<Result<std::size_t>> AuditLog::erase_personal(AccountId account) {
    return store_.erase_personal(account);
}

}  // namespace cardea::audit
