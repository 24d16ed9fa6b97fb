// SPDX-License-Identifier: Apache-2.0
// Sessions begin: what an insert keeps, replaces, consumes and ends.
#include "cardea/base/time_text.h"
#include "tests/conformance/session_rows.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace cardea::testing {

using session::SessionRecord;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

TEST_P(SessionStoreTest, returns_every_field_as_it_was_inserted) {
    SessionRecord record = make_session(add_account());
    record.transport = session::Transport::bearer;
    record.persistence = session::Persistence::persistent;
    record.created_at = at(1);
    record.last_seen_at = at(999);
    record.idle = Duration(604'800'001);
    record.expires_at = at(2'592'000'003);
    record.amr = "pwd otp";
    record.identity = FederatedIdentityId::make(random_);
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
    record.expires_at = last_time;
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

    ASSERT_TRUE(run(stores_->sessions().insert(fresh, {.replaces = name_of(old)})));

    EXPECT_FALSE(is_there(stores_->sessions(), old.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), fresh.token_hash));
}

TEST_P(SessionStoreTest, removes_the_replaced_session_by_whatever_token_it_has) {
    const SessionRecord old = make_session(add_account());
    const SessionRecord fresh = make_session(add_account());
    insert(stores_->sessions(), old);
    const session::TokenHash rotated = make_hash();
    ASSERT_TRUE(run(stores_->sessions().rotate(old.token_hash, rotated)));

    ASSERT_TRUE(run(stores_->sessions().insert(fresh, {.replaces = name_of(old)})));

    EXPECT_FALSE(is_there(stores_->sessions(), rotated));
}

TEST_P(SessionStoreTest, inserts_when_the_replaced_session_is_gone) {
    const SessionRecord fresh = make_session(add_account());

    ASSERT_TRUE(run(stores_->sessions().insert(fresh, {.replaces = name_of(make_session(fresh.account))})));

    EXPECT_TRUE(is_there(stores_->sessions(), fresh.token_hash));
}

TEST_P(SessionStoreTest, inserts_for_a_session_of_the_account_while_it_is_there) {
    const SessionRecord asking = make_session(add_account());
    const SessionRecord stranger = make_session(add_account());
    const SessionRecord old = make_session(asking.account);
    const OneTimeUse use{make_hash(), at(60'000)};
    for (const SessionRecord* record : {&asking, &stranger, &old}) {
        insert(stores_->sessions(), *record);
    }
    const SessionRecord fresh = make_session(asking.account);
    const auto insert_for = [&](SessionId session) {
        const session::SessionName name{asking.account, session};
        const session::Insertion also{.asking = name, .replaces = name_of(old), .consumes = use};
        return run(stores_->sessions().insert(fresh, also));
    };

    EXPECT_EQ(insert_for(stranger.id).error().code, Errc::unauthenticated);
    EXPECT_EQ(insert_for(SessionId::make(random_)).error().code, Errc::unauthenticated);
    EXPECT_FALSE(is_there(stores_->sessions(), fresh.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), old.token_hash));
    EXPECT_TRUE(insert_for(asking.id));
    EXPECT_TRUE(is_there(stores_->sessions(), fresh.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), asking.token_hash));
}

TEST_P(SessionStoreTest, inserts_in_place_of_the_session_that_asks) {
    const SessionRecord asking = make_session(add_account());
    const SessionRecord fresh = make_session(asking.account);
    insert(stores_->sessions(), asking);
    const session::Insertion also{.asking = name_of(asking), .replaces = name_of(asking)};

    EXPECT_TRUE(run(stores_->sessions().insert(fresh, also)));
    const auto again = run(stores_->sessions().insert(make_session(asking.account), also));

    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::unauthenticated);
    EXPECT_THAT(ids(run(stores_->sessions().list(asking.account))), ElementsAre(fresh.id));
}

TEST_P(SessionStoreTest, keeps_the_replaced_session_when_the_insert_is_refused) {
    const SessionRecord old = make_session(add_account());
    const SessionRecord other = make_session(old.account);
    insert(stores_->sessions(), old);
    insert(stores_->sessions(), other);
    SessionRecord rival = make_session(old.account);
    rival.token_hash = other.token_hash;

    ASSERT_FALSE(run(stores_->sessions().insert(rival, {.replaces = name_of(old)})));

    EXPECT_TRUE(is_there(stores_->sessions(), old.token_hash));
}

TEST_P(SessionStoreTest, consumes_what_entitles_to_a_session_together_with_its_insert) {
    const OneTimeUse use{make_hash(), at(60'000)};
    const SessionRecord first = make_session(add_account());
    const SessionRecord old = make_session(first.account);
    insert(stores_->sessions(), old);

    ASSERT_TRUE(run(stores_->sessions().insert(first, {.consumes = use})));
    const auto again = run(
        stores_->sessions().insert(make_session(first.account), {.replaces = name_of(old), .consumes = use})
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

    ASSERT_TRUE(ended);
    EXPECT_EQ(*ended, records[1].token_hash);
    EXPECT_THAT(
        ids(run(stores_->sessions().list(account))),
        UnorderedElementsAre(records[0].id, records[2].id, fresh.id)
    );
    EXPECT_TRUE(is_there(stores_->sessions(), stranger.token_hash));
}

TEST_P(SessionStoreTest, takes_what_is_over_first_past_the_limit) {
    const SessionRecord old = make_session(add_account());
    SessionRecord over = make_session(old.account);
    over.last_seen_at = at(10);
    over.expires_at = at(20);
    SessionRecord fresh = make_session(old.account);
    fresh.created_at = fresh.last_seen_at = at(30);
    insert(stores_->sessions(), old);
    insert(stores_->sessions(), over);

    EXPECT_EQ(run(stores_->sessions().insert(fresh, {.limit = 2})).value(), over.token_hash);

    EXPECT_TRUE(is_there(stores_->sessions(), old.token_hash));
}

TEST_P(SessionStoreTest, ends_nothing_below_the_limit_and_the_replaced_one_does_not_count) {
    const SessionRecord first = make_session(add_account());
    const SessionRecord second = make_session(first.account);
    const SessionRecord third = make_session(first.account);
    insert(stores_->sessions(), first);

    EXPECT_EQ(run(stores_->sessions().insert(second, {.limit = 2})).value(), std::nullopt);
    EXPECT_EQ(
        run(stores_->sessions().insert(third, {.replaces = name_of(second), .limit = 2})).value(),
        std::nullopt
    );

    EXPECT_TRUE(is_there(stores_->sessions(), first.token_hash));
}

}  // namespace cardea::testing
