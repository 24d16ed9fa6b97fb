// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/cache.h"

#include "cardea/session/detail/session_table.h"
#include "cardea/session/detail/thread_number.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <utility>

namespace cardea::session {

namespace {

constexpr std::size_t cell_count = 16'384;
constexpr std::size_t shard_count = 64;
constexpr std::size_t waiting_touches_limit =
    4'096;  // per shard; one that finds no room comes a minute later

// Shard, cell and place in a table come from different bytes of the hash, so that they are independent.
template <std::size_t Offset, std::size_t N>
std::uint64_t word_at(const std::array<std::uint8_t, N>& bytes) noexcept {
    static_assert(Offset + sizeof(std::uint64_t) <= N);
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + Offset, sizeof word);
    return word;
}

std::size_t cell_of(const TokenHash& token_hash) noexcept {
    return word_at<16>(token_hash) % cell_count;
}

std::size_t cell_of(const AccountId& account) noexcept {
    return word_at<0>(account.bytes()) % cell_count;
}

/// Never lowers a cell: two drops may come in either order.
void raise(std::atomic<std::uint64_t>& cell, std::uint64_t number) noexcept {
    std::uint64_t held = cell.load();
    while (held < number && !cell.compare_exchange_weak(held, number)) {
    }
}

bool is_usable(const LiveSession& session, Transport transport, Time now) noexcept {
    const SessionRecord& record = session.record();
    return record.transport == transport && decide(record, session.last_seen_at(), now) == Liveness::live;
}

/// At most once a minute, yet so often that a session in use never looks idle in the store.
Duration touch_interval(const SessionRecord& record) noexcept {
    return std::min<Duration>(std::chrono::minutes(1), record.idle / 8);
}

}  // namespace

struct alignas(64) SessionCache::Shard {
    std::mutex mutex;
    std::unique_ptr<SessionTable> table;  // made for the first session, so that an idle server stays small
    std::vector<Touch> touches;
};

SessionCache::SessionCache(CacheLimits limits)
    : limits_(limits), cells_(cell_count), shards_(shard_count), own_tables_(thread_number_limit) {}

SessionCache::~SessionCache() = default;

SessionCache::Shard& SessionCache::shard_of(const TokenHash& token_hash) noexcept {
    return shards_[word_at<8>(token_hash) % shard_count];
}

bool SessionCache::is_current(const LiveSession& session) const noexcept {
    const SessionRecord& record = session.record();
    return cells_[cell_of(record.token_hash)].load() <= session.noted_ &&
           cells_[cell_of(record.account)].load() <= session.noted_;
}

SessionPointer SessionCache::find(const Credential& credential, Time now) {
    SessionPointer session = find_own(credential.token_hash);
    if (!session || !is_current(*session)) {
        session = find_shared(credential.token_hash);
        if (!session || !is_current(*session)) {
            return nullptr;
        }
        keep_own(session);
    }
    if (!is_usable(*session, credential.transport, now)) {
        return nullptr;
    }
    see(*session, now);
    return session;
}

SessionPointer SessionCache::find_own(const TokenHash& token_hash) const noexcept {
    const std::size_t thread = this_thread_number();
    if (thread == thread_number_limit || !own_tables_[thread]) {
        return nullptr;
    }
    const SessionPointer* found = own_tables_[thread]->find(token_hash);
    return found == nullptr ? nullptr : *found;
}

SessionPointer SessionCache::find_shared(const TokenHash& token_hash) {
    Shard& shard = shard_of(token_hash);
    const std::lock_guard lock(shard.mutex);
    const SessionPointer* found = shard.table ? shard.table->find(token_hash) : nullptr;
    return found == nullptr ? nullptr : *found;
}

void SessionCache::keep_own(const SessionPointer& session) {
    const std::size_t thread = this_thread_number();
    if (thread == thread_number_limit) {
        return;
    }
    std::unique_ptr<SessionTable>& table = own_tables_[thread];
    if (!table) {
        table = std::make_unique<SessionTable>(limits_.per_thread);
    }
    // A reference count of this thread's own: two cores that count one session's uses would wait for each
    // other.
    table->put(SessionPointer(session.get(), [session](const LiveSession*) {}));
}

std::uint64_t SessionCache::begin_fill() const noexcept {
    return sequence_.load();
}

SessionPointer SessionCache::finish_fill(
    std::uint64_t noted, SessionRecord record, std::shared_ptr<const Subject> subject, Time now
) {
    auto session = std::make_shared<const LiveSession>(std::move(record), std::move(subject), noted);
    if (!is_current(*session)) {
        return nullptr;
    }
    see(*session, now);
    Shard& shard = shard_of(session->record().token_hash);
    const std::lock_guard lock(shard.mutex);
    if (!shard.table) {
        shard.table = std::make_unique<SessionTable>(limits_.per_process / shard_count);
    }
    return shard.table->put(std::move(session));
}

void SessionCache::drop(const TokenHash& token_hash) noexcept {
    raise(cells_[cell_of(token_hash)], ++sequence_);
}

void SessionCache::drop(const AccountId& account) noexcept {
    raise(cells_[cell_of(account)], ++sequence_);
}

void SessionCache::drop_all() noexcept {
    const std::uint64_t number = ++sequence_;
    for (Cell& cell : cells_) {
        raise(cell, number);
    }
}

void SessionCache::see(const LiveSession& session, Time now) {
    const SessionRecord& record = session.record();
    Time last_seen = session.last_seen_at();
    if (now - last_seen < touch_interval(record) || !session.move_last_seen(last_seen, now)) {
        return;
    }
    Shard& shard = shard_of(record.token_hash);
    const std::lock_guard lock(shard.mutex);
    if (shard.touches.size() < waiting_touches_limit) {
        shard.touches.push_back(Touch{record.token_hash, now});
    }
}

std::vector<Touch> SessionCache::take_touches() {
    std::vector<Touch> all;
    for (Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        all.insert(all.end(), shard.touches.begin(), shard.touches.end());
        shard.touches.clear();
    }
    return all;
}

}  // namespace cardea::session
