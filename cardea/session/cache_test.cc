// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/cache.h"

#include "cardea/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cardea::session {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Time start{Duration(1'700'000'000'000)};

SessionRecord make_record(Random& random) {
    SessionRecord record;
    record.id = SessionId::make(random);
    record.token_hash = random.bytes<32>();
    record.account = AccountId::make(random);
    record.created_at = record.last_seen_at = start;
    record.idle = hours(1);
    record.expires_at = start + hours(24);
    return record;
}

Credential credential_of(const SessionRecord& record) {
    return {record.token_hash, record.transport};
}

SessionPointer fill(SessionCache& cache, const SessionRecord& record, Time now = start) {
    return cache.finish_fill(cache.begin_fill(), record, std::make_shared<const Subject>(), now);
}

}  // namespace

TEST(SessionCache, finds_a_session_that_was_filled) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    const SessionPointer filled = fill(cache, record);

    const SessionPointer first = cache.find(credential_of(record), start);
    const SessionPointer second = cache.find(credential_of(record), start);

    ASSERT_NE(filled, nullptr);
    EXPECT_EQ(first, filled);
    EXPECT_EQ(second, filled);
}

TEST(SessionCache, finds_nothing_else) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);
    Credential other_tail = credential_of(record);
    other_tail.token_hash.back() ^= 1;
    Credential other_transport = credential_of(record);
    other_transport.transport = Transport::bearer;

    EXPECT_EQ(cache.find(other_tail, start), nullptr);
    EXPECT_EQ(cache.find(other_transport, start), nullptr);
}

TEST(SessionCache, checks_expiry_at_every_hit) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);

    for (Time now = start; now < record.expires_at; now += minutes(59)) {
        EXPECT_NE(cache.find(credential_of(record), now), nullptr);
    }
    EXPECT_EQ(cache.find(credential_of(record), record.expires_at), nullptr);
}

TEST(SessionCache, ends_an_idle_session) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);

    EXPECT_EQ(cache.find(credential_of(record), start + hours(1)), nullptr);
}

TEST(SessionCache, drops_by_token_by_account_and_altogether) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    const SessionRecord other = make_record(random);
    const auto drops = {
        std::function<void()>([&] { cache.drop(record.token_hash); }),
        std::function<void()>([&] { cache.drop(record.account); }),
    };
    for (const auto& drop : drops) {
        ASSERT_NE(fill(cache, record), nullptr);
        ASSERT_NE(fill(cache, other), nullptr);
        ASSERT_NE(cache.find(credential_of(record), start), nullptr);
        drop();
        EXPECT_EQ(cache.find(credential_of(record), start), nullptr);
        EXPECT_NE(cache.find(credential_of(other), start), nullptr);
    }
    ASSERT_NE(fill(cache, record), nullptr);
    cache.drop_all();
    EXPECT_EQ(cache.find(credential_of(record), start), nullptr);
    EXPECT_EQ(cache.find(credential_of(other), start), nullptr);
}

TEST(SessionCache, drops_in_the_tables_of_all_threads) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);
    std::atomic<int> phase = 0;
    SessionPointer before;
    SessionPointer after;
    std::jthread other([&] {
        before = cache.find(credential_of(record), start);
        phase.store(1);
        phase.notify_all();
        phase.wait(1);
        after = cache.find(credential_of(record), start);
    });

    phase.wait(0);
    cache.drop(record.token_hash);
    phase.store(2);
    phase.notify_all();
    other.join();

    EXPECT_NE(before, nullptr);
    EXPECT_EQ(after, nullptr);
}

TEST(SessionCache, stays_within_its_bounds_and_keeps_what_is_in_use) {
    FakeRandom random;
    CacheLimits limits;
    limits.per_thread = 64;
    limits.per_process = 512;
    SessionCache cache(limits);
    const SessionRecord in_use = make_record(random);
    ASSERT_NE(fill(cache, in_use), nullptr);
    std::vector<std::weak_ptr<const LiveSession>> all;

    for (int count = 1; count <= 10'000; ++count) {
        const Time now = start + seconds(count);
        all.push_back(fill(cache, make_record(random), now));
        ASSERT_NE(cache.find(credential_of(in_use), now), nullptr);
    }

    const auto alive = std::ranges::count_if(all, [](const auto& session) { return !session.expired(); });
    EXPECT_GT(alive, 300);
    EXPECT_LE(alive, 512 + 64);
}

TEST(SessionCache, hands_out_what_was_seen_once_a_minute) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);
    for (Time now = start; now <= start + seconds(150); now += seconds(1)) {
        ASSERT_NE(cache.find(credential_of(record), now), nullptr);
    }

    const std::vector<Touch> touches = cache.take_touches();

    ASSERT_EQ(touches.size(), 2U);
    EXPECT_EQ(touches[0].token_hash, record.token_hash);
    EXPECT_EQ(touches[0].last_seen_at, start + seconds(60));
    EXPECT_EQ(touches[1].last_seen_at, start + seconds(120));
    EXPECT_TRUE(cache.take_touches().empty());
}

TEST(SessionCache, hands_out_a_session_that_was_only_filled) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);

    ASSERT_NE(fill(cache, record, start + minutes(5)), nullptr);

    ASSERT_EQ(cache.take_touches().size(), 1U);
}

TEST(SessionCache, touches_short_sessions_more_often) {
    FakeRandom random;
    SessionCache cache;
    SessionRecord record = make_record(random);
    record.idle = seconds(40);
    ASSERT_NE(fill(cache, record), nullptr);
    for (Time now = start; now <= start + seconds(100); now += seconds(1)) {
        ASSERT_NE(cache.find(credential_of(record), now), nullptr);
    }

    EXPECT_EQ(cache.take_touches().size(), 20U);
}

TEST(SessionCache, serves_more_threads_than_it_has_tables) {
    FakeRandom random;
    SessionCache cache;
    const SessionRecord record = make_record(random);
    ASSERT_NE(fill(cache, record), nullptr);
    constexpr std::ptrdiff_t threads = 150;
    std::barrier all_there(threads);
    std::atomic<int> hits = 0;
    {
        std::vector<std::jthread> running;
        for (std::ptrdiff_t count = 0; count < threads; ++count) {
            running.emplace_back([&] {
                const bool found = cache.find(credential_of(record), start) != nullptr;
                const bool again = cache.find(credential_of(record), start) != nullptr;
                hits += found && again ? 1 : 0;
                all_there.arrive_and_wait();
            });
        }
    }

    EXPECT_EQ(hits.load(), threads);
}

}  // namespace cardea::session
