// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"

#include <gmock/gmock.h>

namespace cardea::testing {

using account::AccountRecord;
using account::Page;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

void expect_same(const AccountRecord& a, const AccountRecord& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.email, b.email);
    EXPECT_EQ(a.email_key, b.email_key);
    EXPECT_EQ(a.email_verified, b.email_verified);
    EXPECT_EQ(a.username, b.username);
    EXPECT_EQ(a.username_key, b.username_key);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.password_hash, b.password_hash);
    EXPECT_EQ(a.status, b.status);
    EXPECT_EQ(a.failed_attempts, b.failed_attempts);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.password_changed_at, b.password_changed_at);
    EXPECT_EQ(a.version, b.version);
}

AccountRecord load(account::AccountStore& store, AccountId id) {
    const Result<std::optional<AccountRecord>> found = run(store.find(id));
    EXPECT_TRUE(found && found->has_value());
    return found && *found ? **found : AccountRecord{};
}

AccountId id_of(const Result<std::optional<AccountRecord>>& found) {
    EXPECT_TRUE(found);
    return found && *found ? (*found)->id : AccountId();
}

std::vector<AccountId> ids(const Result<std::vector<AccountRecord>>& listed) {
    EXPECT_TRUE(listed);
    std::vector<AccountId> result;
    for (const AccountRecord& record : *listed) {
        result.push_back(record.id);
    }
    return result;
}

void insert(account::AccountStore& store, const AccountRecord& record) {
    const Result<> inserted = run(store.insert(record, {}));
    ASSERT_TRUE(inserted) << inserted.error().context;
}

AccountRecord make_account(Random& random, const std::string& email, const std::string& username) {
    AccountRecord record;
    record.id = AccountId::make(random);
    record.email = record.email_key = email;
    record.username = record.username_key = username;
    record.created_at = record.password_changed_at = Time(Duration(1'700'000'000'123));
    return record;
}

}  // namespace

TEST_P(AccountStoreTest, consumes_what_entitles_to_an_account_together_with_it) {
    const OneTimeUse first{random_.bytes<32>(), at(1000)};
    const OneTimeUse second{random_.bytes<32>(), at(1000)};
    const auto insert_with = [&](std::string email, std::vector<OneTimeUse> uses) {
        const AccountRecord record = make_account(random_, email, {});
        return run(stores_->accounts().insert(record, std::move(uses)));
    };
    ASSERT_TRUE(insert_with("taken@example.org", {}));

    EXPECT_EQ(insert_with("taken@example.org", {first, second}).error().code, Errc::conflict);
    EXPECT_TRUE(insert_with("a@example.org", {first}));  // the refusal consumed nothing
    EXPECT_EQ(insert_with("b@example.org", {second, first}).error().code, Errc::replayed);
    EXPECT_FALSE(run(stores_->accounts().find_by_email("b@example.org")).value());
    EXPECT_EQ(run(stores_->one_time().consume(second.hash, second.expires_at)), true);
    EXPECT_EQ(run(stores_->one_time().consume(first.hash, first.expires_at)), false);
}

TEST_P(AccountStoreTest, returns_every_field_as_it_was_inserted) {
    AccountRecord record = make_account(random_, "Zoë@EXAMPLE.org", "Ζωή");
    record.email_key = "zoë@example.org";
    record.username_key = "ζωή";
    record.email_verified = true;
    record.name = "Zoë \xF0\x9F\x94\x91 O'Brien \"; --";
    record.password_hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
    record.status = account::Status::disabled;
    record.failed_attempts = 99;
    record.password_changed_at = record.created_at + Duration(1);
    record.version = 3;
    insert(stores_->accounts(), record);

    expect_same(load(stores_->accounts(), record.id), record);
}

TEST_P(AccountStoreTest, finds_an_account_by_each_of_its_names) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    insert(stores_->accounts(), make_account(random_, "b@example.org", "bob"));

    EXPECT_EQ(id_of(run(stores_->accounts().find_by_email("a@example.org"))), record.id);
    EXPECT_EQ(id_of(run(stores_->accounts().find_by_username("ann"))), record.id);
}

TEST_P(AccountStoreTest, finds_nothing_for_unknown_names) {
    insert(stores_->accounts(), make_account(random_, "a@example.org", ""));
    insert(stores_->accounts(), make_account(random_, "", "ann"));

    EXPECT_TRUE(id_of(run(stores_->accounts().find(AccountId::make(random_)))).is_nil());
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_email("ann"))).is_nil());
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_email("A@example.org"))).is_nil());
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_email(""))).is_nil());
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_username("a@example.org"))).is_nil());
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_username(""))).is_nil());
}

TEST_P(AccountStoreTest, lets_many_accounts_lack_the_same_name) {
    insert(stores_->accounts(), make_account(random_, "a@example.org", ""));
    insert(stores_->accounts(), make_account(random_, "b@example.org", ""));
    insert(stores_->accounts(), make_account(random_, "", "ann"));
    insert(stores_->accounts(), make_account(random_, "", "bob"));

    EXPECT_EQ(ids(run(stores_->accounts().list(Page{}))).size(), 4U);
}

TEST_P(AccountStoreTest, refuses_a_taken_id_email_or_username) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    AccountRecord same_id = make_account(random_, "b@example.org", "bob");
    same_id.id = record.id;

    for (const AccountRecord& rival :
         {same_id,
          make_account(random_, "a@example.org", "bob"),
          make_account(random_, "b@example.org", "ann")}) {
        const Result<> inserted = run(stores_->accounts().insert(rival, {}));
        ASSERT_FALSE(inserted);
        EXPECT_EQ(inserted.error().code, Errc::conflict);
    }
    expect_same(load(stores_->accounts(), record.id), record);
}

TEST_P(AccountStoreTest, inserts_one_of_many_with_the_same_name_at_the_same_time) {
    std::vector<AccountRecord> rivals;
    for (int count = 0; count < 8; ++count) {
        rivals.push_back(make_account(random_, "a@example.org", ""));
    }

    const int inserted = count_successes([&](int number) {
        return run(stores_->accounts().insert(rivals[static_cast<std::size_t>(number)], {})).has_value();
    });

    EXPECT_EQ(inserted, 1);
    EXPECT_EQ(ids(run(stores_->accounts().list(Page{}))).size(), 1U);
}

TEST_P(AccountStoreTest, updates_at_the_expected_version_only) {
    AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    record.email = record.email_key = "new@example.org";
    record.name = "Ann";

    ASSERT_TRUE(run(stores_->accounts().update(record, 0, {})));
    record.name = "late";
    const Result<> late = run(stores_->accounts().update(record, 0, {}));

    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::conflict);
    const AccountRecord now = load(stores_->accounts(), record.id);
    EXPECT_EQ(now.name, "Ann");
    EXPECT_EQ(now.version, 1);
    EXPECT_EQ(id_of(run(stores_->accounts().find_by_email("new@example.org"))), record.id);
    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_email("a@example.org"))).is_nil());
}

TEST_P(AccountStoreTest, does_not_update_to_a_name_that_is_taken) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    insert(stores_->accounts(), make_account(random_, "b@example.org", "bob"));
    AccountRecord renamed = record;
    renamed.username = renamed.username_key = "bob";

    const Result<> updated = run(stores_->accounts().update(renamed, 0, {}));

    ASSERT_FALSE(updated);
    EXPECT_EQ(updated.error().code, Errc::conflict);
    expect_same(load(stores_->accounts(), record.id), record);
}

TEST_P(AccountStoreTest, does_not_update_an_account_that_is_gone) {
    const Result<> updated =
        run(stores_->accounts().update(make_account(random_, "a@example.org", ""), 0, {}));

    ASSERT_FALSE(updated);
    EXPECT_EQ(updated.error().code, Errc::not_found);
}

TEST_P(AccountStoreTest, updates_once_when_many_expect_the_same_version) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);

    const int updated =
        count_successes([&](int) { return run(stores_->accounts().update(record, 0, {})).has_value(); });

    EXPECT_EQ(updated, 1);
    EXPECT_EQ(load(stores_->accounts(), record.id).version, 1);
}

TEST_P(AccountStoreTest, updates_for_a_session_of_the_account_while_it_is_there) {
    AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    const session::SessionRecord session = make_session(record.id);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));

    const Result<> foreign = run(stores_->accounts().update(record, 0, of_another.id));
    const Result<> updated = run(stores_->accounts().update(record, 0, session.id));
    ASSERT_TRUE(run(stores_->sessions().remove(record.id, session.id, {})).value());
    const Result<> late = run(stores_->accounts().update(record, 1, session.id));

    ASSERT_FALSE(foreign);
    EXPECT_EQ(foreign.error().code, Errc::unauthenticated);
    EXPECT_TRUE(updated);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::unauthenticated);
    EXPECT_EQ(load(stores_->accounts(), record.id).version, 1);
}

TEST_P(AccountStoreTest, counts_failed_attempts_and_clears_them_without_a_new_version) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    const AccountRecord other = make_account(random_, "b@example.org", "bob");
    insert(stores_->accounts(), other);

    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(run(stores_->accounts().count_failed_attempt(record.id)));
    }
    EXPECT_EQ(load(stores_->accounts(), record.id).failed_attempts, 5);
    ASSERT_TRUE(run(stores_->accounts().clear_failed_attempts(record.id)));

    expect_same(load(stores_->accounts(), record.id), record);
    expect_same(load(stores_->accounts(), other.id), other);
}

TEST_P(AccountStoreTest, counts_each_of_many_failed_attempts_at_the_same_time) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);

    const int counted = count_successes([&](int) {
        return run(stores_->accounts().count_failed_attempt(record.id)).has_value();
    });

    EXPECT_EQ(load(stores_->accounts(), record.id).failed_attempts, counted);
    EXPECT_GT(counted, 1);
}

TEST_P(AccountStoreTest, an_update_keeps_the_failed_attempts_that_were_counted_meanwhile) {
    AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    ASSERT_TRUE(run(stores_->accounts().count_failed_attempt(record.id)));

    ASSERT_TRUE(run(stores_->accounts().update(record, 0, {})));
    EXPECT_EQ(load(stores_->accounts(), record.id).failed_attempts, 1);

    ASSERT_TRUE(run(stores_->accounts().reclaim(record, 1, {})));
    EXPECT_EQ(load(stores_->accounts(), record.id).failed_attempts, 0);
}

TEST_P(AccountStoreTest, counts_no_failed_attempts_of_an_account_that_is_not_there) {
    const AccountId nobody = AccountId::make(random_);

    const Result<> counted = run(stores_->accounts().count_failed_attempt(nobody));
    const Result<> cleared = run(stores_->accounts().clear_failed_attempts(nobody));

    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().code, Errc::not_found);
    ASSERT_FALSE(cleared);
    EXPECT_EQ(cleared.error().code, Errc::not_found);
}

TEST_P(AccountStoreTest, counts_nothing_for_a_name_without_an_account) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);

    EXPECT_TRUE(run(stores_->accounts().count_failed_attempt(std::nullopt)));

    expect_same(load(stores_->accounts(), record.id), record);
}

TEST_P(AccountStoreTest, removes_an_account_with_its_sessions) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    const session::SessionRecord own = make_session(record.id);
    const session::SessionRecord other = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(own, {})));
    ASSERT_TRUE(run(stores_->sessions().insert(other, {})));

    EXPECT_EQ(run(stores_->accounts().remove(record.id)), true);
    EXPECT_EQ(run(stores_->accounts().remove(record.id)), false);

    EXPECT_TRUE(id_of(run(stores_->accounts().find_by_email("a@example.org"))).is_nil());
    EXPECT_FALSE(run(stores_->sessions().find(own.token_hash)).value().has_value());
    EXPECT_TRUE(run(stores_->sessions().find(other.token_hash)).value().has_value());
}

TEST_P(AccountStoreTest, frees_the_names_of_a_removed_account) {
    const AccountRecord record = make_account(random_, "a@example.org", "ann");
    insert(stores_->accounts(), record);
    ASSERT_TRUE(run(stores_->accounts().remove(record.id)));

    EXPECT_TRUE(run(stores_->accounts().insert(make_account(random_, "a@example.org", "ann"), {})));
}

TEST_P(AccountStoreTest, lists_in_pages_in_the_order_of_ids) {
    std::vector<AccountId> all;
    for (int count = 0; count < 5; ++count) {
        all.push_back(add_account());
    }
    std::ranges::sort(all);
    Page page;
    page.limit = 2;

    EXPECT_THAT(ids(run(stores_->accounts().list(page))), ElementsAre(all[0], all[1]));
    page.after = all[1];
    EXPECT_THAT(ids(run(stores_->accounts().list(page))), ElementsAre(all[2], all[3]));
    page.after = all[3];
    EXPECT_THAT(ids(run(stores_->accounts().list(page))), ElementsAre(all[4]));
    page.after = all[4];
    EXPECT_THAT(ids(run(stores_->accounts().list(page))), IsEmpty());
}

}  // namespace cardea::testing
