// SPDX-License-Identifier: Apache-2.0
// Sessions change and end: lists, removal, rotation, data, last use and purging.
#include "tests/conformance/session_rows.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace cardea::testing {

using session::SessionRecord;
using session::TokenHash;
using session::Touch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

    EXPECT_EQ(run(stores_->sessions().remove(add_account(), record.id, {})), false);
    EXPECT_EQ(run(stores_->sessions().remove(record.account, record.id, {})), true);
    EXPECT_EQ(run(stores_->sessions().remove(record.account, record.id, {})), false);

    EXPECT_FALSE(is_there(stores_->sessions(), record.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), other.token_hash));
}

TEST_P(SessionStoreTest, removes_for_a_session_of_the_account_while_it_is_there) {
    const SessionRecord asking = make_session(add_account());
    const SessionRecord target = make_session(asking.account);
    const SessionRecord of_another = make_session(add_account());
    for (const SessionRecord* record : {&asking, &target, &of_another}) {
        insert(stores_->sessions(), *record);
    }
    const auto remove_for = [&](SessionId session) {
        return run(stores_->sessions().remove(target.account, target.id, session));
    };

    EXPECT_EQ(remove_for(of_another.id).error().code, Errc::unauthenticated);
    EXPECT_EQ(remove_for(SessionId::make(random_)).error().code, Errc::unauthenticated);
    EXPECT_TRUE(is_there(stores_->sessions(), target.token_hash));
    EXPECT_EQ(remove_for(asking.id), true);
    EXPECT_FALSE(is_there(stores_->sessions(), target.token_hash));
    EXPECT_EQ(run(stores_->sessions().remove(asking.account, asking.id, asking.id)), true);
}

TEST_P(SessionStoreTest, removes_all_others_for_a_session_while_it_is_there) {
    const SessionRecord asking = make_session(add_account());
    const SessionRecord target = make_session(asking.account);
    const SessionRecord of_another = make_session(add_account());
    for (const SessionRecord* record : {&asking, &target, &of_another}) {
        insert(stores_->sessions(), *record);
    }
    const auto remove_for = [&](SessionId session) {
        return run(stores_->sessions().remove_others({asking.account, session}));
    };

    EXPECT_EQ(remove_for(of_another.id).error().code, Errc::unauthenticated);
    EXPECT_TRUE(is_there(stores_->sessions(), target.token_hash));
    EXPECT_EQ(remove_for(asking.id), 1U);
    EXPECT_FALSE(is_there(stores_->sessions(), target.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), asking.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), of_another.token_hash));
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
