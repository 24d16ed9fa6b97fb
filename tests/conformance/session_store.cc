// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

namespace cardea::testing {

using session::SessionRecord;
using session::TokenHash;
using session::Touch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

namespace {

void expect_same(const SessionRecord& a, const SessionRecord& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.token_hash, b.token_hash);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.transport, b.transport);
    EXPECT_EQ(a.persistence, b.persistence);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.last_seen_at, b.last_seen_at);
    EXPECT_EQ(a.idle, b.idle);
    EXPECT_EQ(a.expires_at, b.expires_at);
    EXPECT_EQ(a.amr, b.amr);
    EXPECT_EQ(a.client_address, b.client_address);
    EXPECT_EQ(a.user_agent, b.user_agent);
    EXPECT_EQ(a.data, b.data);
    EXPECT_EQ(a.version, b.version);
}

bool is_there(session::SessionStore& store, const TokenHash& hash) {
    const Result<std::optional<SessionRecord>> found = run(store.find(hash));
    EXPECT_TRUE(found);
    return found && found->has_value();
}

SessionRecord load(session::SessionStore& store, const TokenHash& hash) {
    const Result<std::optional<SessionRecord>> found = run(store.find(hash));
    EXPECT_TRUE(found && found->has_value());
    return found && *found ? **found : SessionRecord{};
}

std::vector<SessionId> ids(const Result<std::vector<SessionRecord>>& listed) {
    EXPECT_TRUE(listed);
    std::vector<SessionId> result;
    for (const SessionRecord& record : *listed) {
        result.push_back(record.id);
    }
    return result;
}

void insert(session::SessionStore& store, const SessionRecord& record) {
    const auto inserted = run(store.insert(record, {}));
    ASSERT_TRUE(inserted) << inserted.error().context;
}

}  // namespace

TEST_P(SessionStoreTest, returns_every_field_as_it_was_inserted) {
    SessionRecord record = make_session(add_account());
    record.transport = session::Transport::bearer;
    record.persistence = session::Persistence::persistent;
    record.created_at = at(1);
    record.last_seen_at = at(999);
    record.idle = Duration(604'800'001);
    record.expires_at = at(2'592'000'003);
    record.amr = "pwd otp";
    record.client_address = "2001:db8::1";
    record.user_agent = "Агент/1.0 (日本; '\"; DROP TABLE sessions; --) \xF0\x9F\x94\x91";
    record.data = R"({"корзина":["é",null,{"a":1}]})";
    record.version = 7;
    insert(stores_->sessions(), record);

    expect_same(load(stores_->sessions(), record.token_hash), record);
}

TEST_P(SessionStoreTest, keeps_times_at_the_ends_of_the_calendar) {
    SessionRecord record = make_session(add_account());
    record.created_at = record.last_seen_at = Time(Duration(0));
    record.expires_at = Time(Duration(253'402'300'799'999));  // the last millisecond of the year 9999
    insert(stores_->sessions(), record);

    expect_same(load(stores_->sessions(), record.token_hash), record);
}

TEST_P(SessionStoreTest, finds_nothing_for_an_unknown_hash) {
    insert(stores_->sessions(), make_session(add_account()));

    EXPECT_FALSE(is_there(stores_->sessions(), make_hash()));
}

TEST_P(SessionStoreTest, refuses_a_second_session_with_the_same_id_or_hash) {
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);
    SessionRecord same_id = make_session(record.account);
    same_id.id = record.id;
    SessionRecord same_hash = make_session(record.account);
    same_hash.token_hash = record.token_hash;

    const auto by_id = run(stores_->sessions().insert(same_id, {}));
    const auto by_hash = run(stores_->sessions().insert(same_hash, {}));

    ASSERT_FALSE(by_id);
    EXPECT_EQ(by_id.error().code, Errc::conflict);
    ASSERT_FALSE(by_hash);
    EXPECT_EQ(by_hash.error().code, Errc::conflict);
    expect_same(load(stores_->sessions(), record.token_hash), record);
}

TEST_P(SessionStoreTest, inserts_one_of_many_with_the_same_hash_at_the_same_time) {
    SessionRecord record = make_session(add_account());
    std::vector<SessionRecord> rivals(8, record);
    std::ranges::for_each(rivals, [&](SessionRecord& rival) { rival.id = SessionId::make(random_); });

    const int inserted = count_successes([&](int number) {
        return run(stores_->sessions().insert(rivals[static_cast<std::size_t>(number)], {})).has_value();
    });

    EXPECT_EQ(inserted, 1);
    EXPECT_EQ(ids(run(stores_->sessions().list(record.account))).size(), 1U);
}

TEST_P(SessionStoreTest, removes_the_session_that_an_inserted_one_replaces) {
    const SessionRecord old = make_session(add_account());
    const SessionRecord fresh = make_session(add_account());
    insert(stores_->sessions(), old);

    ASSERT_TRUE(run(stores_->sessions().insert(fresh, {.replaces = old.token_hash})));

    EXPECT_FALSE(is_there(stores_->sessions(), old.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), fresh.token_hash));
}

TEST_P(SessionStoreTest, inserts_when_the_replaced_session_is_gone) {
    const SessionRecord fresh = make_session(add_account());

    ASSERT_TRUE(run(stores_->sessions().insert(fresh, {.replaces = make_hash()})));

    EXPECT_TRUE(is_there(stores_->sessions(), fresh.token_hash));
}

TEST_P(SessionStoreTest, keeps_the_replaced_session_when_the_insert_is_refused) {
    const SessionRecord old = make_session(add_account());
    const SessionRecord other = make_session(old.account);
    insert(stores_->sessions(), old);
    insert(stores_->sessions(), other);
    SessionRecord rival = make_session(old.account);
    rival.token_hash = other.token_hash;

    ASSERT_FALSE(run(stores_->sessions().insert(rival, {.replaces = old.token_hash})));

    EXPECT_TRUE(is_there(stores_->sessions(), old.token_hash));
}

TEST_P(SessionStoreTest, consumes_what_entitles_to_a_session_together_with_its_insert) {
    const OneTimeUse use{make_hash(), at(60'000)};
    const SessionRecord first = make_session(add_account());
    const SessionRecord old = make_session(first.account);
    insert(stores_->sessions(), old);

    ASSERT_TRUE(run(stores_->sessions().insert(first, {.consumes = use})));
    const auto again = run(
        stores_->sessions().insert(make_session(first.account), {.replaces = old.token_hash, .consumes = use})
    );

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::replayed);
    EXPECT_EQ(run(stores_->one_time().consume(use.hash, use.expires_at)), false);
    EXPECT_EQ(ids(run(stores_->sessions().list(first.account))).size(), 2U);
    EXPECT_TRUE(is_there(stores_->sessions(), old.token_hash));
}

TEST_P(SessionStoreTest, inserts_nothing_for_a_value_that_was_consumed_before) {
    const OneTimeUse use{make_hash(), at(60'000)};
    const SessionRecord record = make_session(add_account());
    ASSERT_EQ(run(stores_->one_time().consume(use.hash, use.expires_at)), true);

    EXPECT_EQ(run(stores_->sessions().insert(record, {.consumes = use})).error().code, Errc::replayed);

    EXPECT_FALSE(is_there(stores_->sessions(), record.token_hash));
}

TEST_P(SessionStoreTest, consumes_nothing_when_the_insert_is_refused) {
    const OneTimeUse use{make_hash(), at(60'000)};
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);

    EXPECT_EQ(run(stores_->sessions().insert(record, {.consumes = use})).error().code, Errc::conflict);

    EXPECT_EQ(run(stores_->one_time().consume(use.hash, use.expires_at)), true);
}

TEST_P(SessionStoreTest, inserts_one_of_many_that_one_value_entitles_to) {
    const OneTimeUse use{make_hash(), at(60'000)};
    const AccountId account = add_account();
    std::vector<SessionRecord> rivals(8);
    std::ranges::generate(rivals, [&] { return make_session(account); });

    const int inserted = count_successes([&](int number) {
        const SessionRecord& rival = rivals[static_cast<std::size_t>(number)];
        return run(stores_->sessions().insert(rival, {.consumes = use})).has_value();
    });

    EXPECT_EQ(inserted, 1);
    EXPECT_EQ(ids(run(stores_->sessions().list(account))).size(), 1U);
}

TEST_P(SessionStoreTest, ends_what_was_not_seen_for_the_longest_time_past_the_limit) {
    const SessionRecord stranger = make_session(add_account());
    insert(stores_->sessions(), stranger);
    const AccountId account = add_account();
    std::vector<SessionRecord> records;
    for (const int seen : {30, 10, 20}) {
        records.push_back(make_session(account));
        records.back().last_seen_at = at(seen);
        insert(stores_->sessions(), records.back());
    }
    SessionRecord fresh = make_session(account);
    fresh.last_seen_at = at(5);  // even where the clock went back, the new one stays

    const auto ended = run(stores_->sessions().insert(fresh, {.limit = 3}));

    EXPECT_EQ(ended, std::optional(records[1].token_hash));
    EXPECT_THAT(
        ids(run(stores_->sessions().list(account))),
        UnorderedElementsAre(records[0].id, records[2].id, fresh.id)
    );
    EXPECT_TRUE(is_there(stores_->sessions(), stranger.token_hash));
}

TEST_P(SessionStoreTest, ends_nothing_below_the_limit_and_the_replaced_one_does_not_count) {
    const SessionRecord first = make_session(add_account());
    const SessionRecord second = make_session(first.account);
    const SessionRecord third = make_session(first.account);
    insert(stores_->sessions(), first);

    EXPECT_EQ(run(stores_->sessions().insert(second, {.limit = 2})).value(), std::nullopt);
    EXPECT_EQ(
        run(stores_->sessions().insert(third, {.replaces = second.token_hash, .limit = 2})).value(),
        std::nullopt
    );

    EXPECT_TRUE(is_there(stores_->sessions(), first.token_hash));
}

TEST_P(SessionStoreTest, lists_the_sessions_of_one_account_newest_first) {
    const AccountId account = add_account();
    std::vector<SessionRecord> records;
    for (const int created : {20, 30, 10}) {
        records.push_back(make_session(account));
        records.back().created_at = at(created);
        insert(stores_->sessions(), records.back());
    }
    insert(stores_->sessions(), make_session(add_account()));

    const std::vector<SessionId> listed = ids(run(stores_->sessions().list(account)));

    EXPECT_THAT(listed, ElementsAre(records[1].id, records[0].id, records[2].id));
    EXPECT_THAT(ids(run(stores_->sessions().list(AccountId::make(random_)))), IsEmpty());
}

TEST_P(SessionStoreTest, removes_one_session_of_its_own_account_only) {
    const SessionRecord record = make_session(add_account());
    const SessionRecord other = make_session(record.account);
    insert(stores_->sessions(), record);
    insert(stores_->sessions(), other);

    EXPECT_EQ(run(stores_->sessions().remove(add_account(), record.id)), false);
    EXPECT_EQ(run(stores_->sessions().remove(record.account, record.id)), true);
    EXPECT_EQ(run(stores_->sessions().remove(record.account, record.id)), false);

    EXPECT_FALSE(is_there(stores_->sessions(), record.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), other.token_hash));
}

TEST_P(SessionStoreTest, removes_the_session_of_a_token) {
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);

    EXPECT_EQ(run(stores_->sessions().remove_token(make_hash())), false);
    EXPECT_EQ(run(stores_->sessions().remove_token(record.token_hash)), true);
    EXPECT_EQ(run(stores_->sessions().remove_token(record.token_hash)), false);

    EXPECT_FALSE(is_there(stores_->sessions(), record.token_hash));
}

TEST_P(SessionStoreTest, removes_all_sessions_of_an_account_but_one) {
    const AccountId account = add_account();
    const SessionRecord kept = make_session(account);
    const SessionRecord stranger = make_session(add_account());
    insert(stores_->sessions(), kept);
    insert(stores_->sessions(), stranger);
    insert(stores_->sessions(), make_session(account));
    insert(stores_->sessions(), make_session(account));

    EXPECT_EQ(run(stores_->sessions().remove_all(account, kept.id)), 2U);
    EXPECT_THAT(ids(run(stores_->sessions().list(account))), ElementsAre(kept.id));
    EXPECT_EQ(run(stores_->sessions().remove_all(account, std::nullopt)), 1U);
    EXPECT_THAT(ids(run(stores_->sessions().list(account))), IsEmpty());
    EXPECT_TRUE(is_there(stores_->sessions(), stranger.token_hash));
}

TEST_P(SessionStoreTest, rotates_the_token_and_nothing_else) {
    SessionRecord record = make_session(add_account());
    record.data = R"({"cart":1})";
    insert(stores_->sessions(), record);
    const TokenHash fresh = make_hash();

    EXPECT_EQ(run(stores_->sessions().rotate(record.token_hash, fresh)), true);

    EXPECT_FALSE(is_there(stores_->sessions(), record.token_hash));
    record.token_hash = fresh;
    expect_same(load(stores_->sessions(), fresh), record);
}

TEST_P(SessionStoreTest, does_not_rotate_what_is_not_there) {
    const TokenHash fresh = make_hash();

    EXPECT_EQ(run(stores_->sessions().rotate(make_hash(), fresh)), false);

    EXPECT_FALSE(is_there(stores_->sessions(), fresh));
}

TEST_P(SessionStoreTest, does_not_rotate_to_a_token_that_exists) {
    const SessionRecord record = make_session(add_account());
    const SessionRecord other = make_session(record.account);
    insert(stores_->sessions(), record);
    insert(stores_->sessions(), other);

    const Result<bool> rotated = run(stores_->sessions().rotate(record.token_hash, other.token_hash));

    ASSERT_FALSE(rotated);
    EXPECT_EQ(rotated.error().code, Errc::conflict);
    expect_same(load(stores_->sessions(), record.token_hash), record);
    expect_same(load(stores_->sessions(), other.token_hash), other);
}

TEST_P(SessionStoreTest, rotates_once_when_many_try_at_the_same_time) {
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);
    std::vector<TokenHash> fresh(8);
    std::ranges::generate(fresh, [&] { return make_hash(); });

    const int rotated = count_successes([&](int number) {
        return run(stores_->sessions().rotate(record.token_hash, fresh[static_cast<std::size_t>(number)]))
            .value_or(false);
    });

    EXPECT_EQ(rotated, 1);
    EXPECT_EQ(ids(run(stores_->sessions().list(record.account))).size(), 1U);
}

TEST_P(SessionStoreTest, updates_data_at_the_expected_version_only) {
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);

    ASSERT_TRUE(run(stores_->sessions().update_data(record.token_hash, R"({"ключ":"значение"})", 0)));
    const Result<> late = run(stores_->sessions().update_data(record.token_hash, R"({"late":1})", 0));

    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::conflict);
    const SessionRecord now = load(stores_->sessions(), record.token_hash);
    EXPECT_EQ(now.data, R"({"ключ":"значение"})");
    EXPECT_EQ(now.version, 1);
}

TEST_P(SessionStoreTest, does_not_update_the_data_of_a_session_that_is_gone) {
    const Result<> updated = run(stores_->sessions().update_data(make_hash(), "{}", 0));

    ASSERT_FALSE(updated);
    EXPECT_EQ(updated.error().code, Errc::not_found);
}

TEST_P(SessionStoreTest, updates_data_once_when_many_expect_the_same_version) {
    const SessionRecord record = make_session(add_account());
    insert(stores_->sessions(), record);

    const int updated = count_successes([&](int) {
        return run(stores_->sessions().update_data(record.token_hash, R"({"n":1})", 0)).has_value();
    });

    EXPECT_EQ(updated, 1);
    EXPECT_EQ(load(stores_->sessions(), record.token_hash).version, 1);
}

TEST_P(SessionStoreTest, keeps_large_data) {
    SessionRecord record = make_session(add_account());
    record.data = R"({"large":")" + std::string(16'000, 'x') + R"("})";
    insert(stores_->sessions(), record);

    EXPECT_EQ(load(stores_->sessions(), record.token_hash).data, record.data);
}

TEST_P(SessionStoreTest, moves_last_seen_forward_and_never_back) {
    const SessionRecord first = make_session(add_account());
    const SessionRecord second = make_session(first.account);
    insert(stores_->sessions(), first);
    insert(stores_->sessions(), second);
    const std::vector<Touch> forward = {
        {first.token_hash, at(60'001)}, {make_hash(), at(60'000)}, {second.token_hash, at(90'000)}
    };
    const std::vector<Touch> back = {{second.token_hash, at(30'000)}};

    ASSERT_TRUE(run(stores_->sessions().touch(forward)));
    ASSERT_TRUE(run(stores_->sessions().touch(back)));
    ASSERT_TRUE(run(stores_->sessions().touch({})));

    EXPECT_EQ(load(stores_->sessions(), first.token_hash).last_seen_at, at(60'001));
    EXPECT_EQ(load(stores_->sessions(), second.token_hash).last_seen_at, at(90'000));
    EXPECT_EQ(load(stores_->sessions(), first.token_hash).version, 0);
}

TEST_P(SessionStoreTest, purges_what_was_idle_too_long_or_reached_its_end) {
    const Time now = at(0) + std::chrono::hours(10);
    SessionRecord idle = make_session(add_account());
    SessionRecord ended = make_session(idle.account);
    ended.last_seen_at = now - std::chrono::minutes(1);
    ended.expires_at = now - std::chrono::minutes(1);
    SessionRecord live = make_session(idle.account);
    live.last_seen_at = now - std::chrono::minutes(1);
    insert(stores_->sessions(), idle);
    insert(stores_->sessions(), ended);
    insert(stores_->sessions(), live);

    EXPECT_EQ(run(stores_->sessions().purge_expired(now, 100)), 2U);

    EXPECT_THAT(ids(run(stores_->sessions().list(idle.account))), ElementsAre(live.id));
}

TEST_P(SessionStoreTest, purges_no_more_than_the_limit) {
    const AccountId account = add_account();
    for (int count = 0; count < 5; ++count) {
        insert(stores_->sessions(), make_session(account));
    }
    const Time now = at(0) + std::chrono::hours(48);

    EXPECT_EQ(run(stores_->sessions().purge_expired(now, 2)), 2U);
    EXPECT_EQ(ids(run(stores_->sessions().list(account))).size(), 3U);
    EXPECT_EQ(run(stores_->sessions().purge_expired(now, 100)), 3U);
    EXPECT_EQ(run(stores_->sessions().purge_expired(now, 100)), 0U);
}

}  // namespace cardea::testing
