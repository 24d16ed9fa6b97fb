// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/appender.h"

#include "cardea/log/log.h"

#include <algorithm>
#include <iterator>

namespace cardea::audit::detail {
namespace {

constexpr std::size_t max_batch = 256;
constexpr int max_tries = 4;
constexpr std::size_t max_forgotten = 1024;
constexpr Duration report_interval = std::chrono::minutes(1);

/// How full the queue may be for one more of its kind.
std::size_t room_for(const Entry& entry, bool somebody_waits) noexcept {
    if (somebody_waits) {
        return max_waiting_entries;
    }
    return entry.refusal ? max_waiting_entries / 2 : max_waiting_entries / 4 * 3;
}

}  // namespace

bool Appender::push(Entry entry, Done done) {
    const std::size_t room = room_for(entry, bool(done));
    return push(Waiting{TimedEntry{std::move(entry), parts_.clock.now()}, std::move(done)}, room);
}

bool Appender::push_mark(Done done) {
    return push(Waiting{std::nullopt, std::move(done)}, max_waiting_entries);
}

bool Appender::push(Waiting waiting, std::size_t room) {
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < room) {
            waiting_.push_back(std::move(waiting));
            return !std::exchange(is_running_, true);
        }
    }
    if (!waiting.done) {
        return drop();
    }
    waiting.done(fail(Errc::busy, "audit queue"));
    return false;
}

bool Appender::drop() {
    ++dropped_;
    const Time now = parts_.clock.now();
    const std::lock_guard lock(mutex_);
    ++unreported_;
    return now >= next_report_ && !std::exchange(is_running_, true);
}

void Appender::forget(AccountId account) {
    const std::lock_guard lock(mutex_);
    forgotten_.push_back(account);
    if (forgotten_.size() > max_forgotten) {
        forgotten_.pop_front();
    }
}

bool Appender::is_forgotten(const Entry& entry) {
    const std::lock_guard lock(mutex_);
    return entry.event != Event::account_removed && std::ranges::count(forgotten_, entry.account) > 0;
}

bool Appender::is_report_due(const std::vector<Waiting>& batch) const {
    const bool is_flush = std::ranges::any_of(batch, [](const Waiting& w) { return !w.timed; });
    return unreported_ > 0 && (is_flush || parts_.clock.now() >= next_report_);
}

Appender::Waiting Appender::make_drop_report() {
    const Time now = parts_.clock.now();
    const std::uint64_t entries = std::exchange(unreported_, 0);
    next_report_ = now + report_interval;
    Entry entry{.event = Event::entries_dropped};
    entry.personal.subject = std::to_string(entries);
    return Waiting{TimedEntry{std::move(entry), now}, Done(), entries};
}

std::vector<Appender::Waiting> Appender::take_batch() {
    const std::lock_guard lock(mutex_);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(waiting_.size(), max_batch));
    std::vector<Waiting> batch(std::move_iterator(waiting_.begin()), std::move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    if (is_report_due(batch)) {
        batch.push_back(make_drop_report());
    }
    is_running_ = !batch.empty();
    return batch;
}

Task<> Appender::run(std::shared_ptr<Appender> self) {
    while (true) {
        std::vector<Waiting> batch = self->take_batch();
        if (batch.empty()) {
            co_return;
        }
        if (const std::uint64_t entries = batch.back().reports; entries > 0) {
            log::warning("audit.dropped", {{"entries", entries}});
        }
        const Result<> outcome = co_await self->append(batch);
        self->finish(std::move(batch), outcome);
    }
}

Task<Result<>> Appender::append(const std::vector<Waiting>& batch) {
    Result<> outcome;
    for (int i = 0; i < max_tries; ++i) {
        Result<Head> previous = co_await head();
        if (!previous) {
            co_return propagate(previous);
        }
        outcome = co_await append_after(*previous, batch);
        // A conflict means that another process appended first: this one goes behind it.
        if (outcome || outcome.error().code != Errc::conflict) {
            break;
        }
    }
    co_return outcome;
}

Task<Result<>> Appender::append_after(Head previous, const std::vector<Waiting>& batch) {
    const bool somebody_waits = std::ranges::any_of(batch, [](const Waiting& w) { return bool(w.done); });
    const Awaited awaited = somebody_waits ? Awaited::yes : Awaited::no;
    std::vector<AuditRecord> rows;
    for (const Waiting& waiting : batch) {
        if (waiting.timed) {
            rows.push_back(make_row(*waiting.timed, previous, parts_.keyring, parts_.random));
            if (is_forgotten(waiting.timed->entry)) {
                rows.back().personal.clear();  // as if it had been erased
            }
            previous = {rows.back().sequence, rows.back().mac};
        }
    }
    Result<> outcome;
    if (!rows.empty()) {
        outcome = co_await parts_.store.append(std::move(rows), awaited);
    }
    const std::lock_guard lock(mutex_);
    head_ = outcome ? std::optional(previous) : std::nullopt;
    co_return outcome;
}

Task<Result<Head>> Appender::head() {
    std::optional<Head> known;
    {
        const std::lock_guard lock(mutex_);
        known = head_;
    }
    if (known) {
        co_return *known;
    }
    Result<std::optional<AuditRecord>> last = co_await parts_.store.head();
    if (!last) {
        co_return propagate(last);
    }
    co_return *last ? Head{(*last)->sequence, (*last)->mac} : Head{};
}

void Appender::finish(std::vector<Waiting> batch, const Result<>& outcome) {
    if (!outcome) {
        log::error("audit.append_failed", {{"rows", batch.size()}, {"error", outcome.error()}});
    }
    std::uint64_t lost = 0;
    std::uint64_t unreported = 0;
    for (Waiting& waiting : batch) {
        if (waiting.done) {
            waiting.done(outcome);
        } else if (!outcome) {
            lost += waiting.reports == 0 ? 1 : 0;
            unreported += std::max<std::uint64_t>(waiting.reports, 1);
        }
    }
    dropped_ += lost;
    const std::lock_guard lock(mutex_);
    unreported_ += unreported;
}

void Appender::stopped() {
    std::deque<Waiting> left;
    {
        const std::lock_guard lock(mutex_);
        left.swap(waiting_);
        is_running_ = false;
        head_.reset();
    }
    std::vector<Waiting> batch(std::move_iterator(left.begin()), std::move_iterator(left.end()));
    finish(std::move(batch), fail(Errc::internal, "the appender stopped"));
}

}  // namespace cardea::audit::detail
