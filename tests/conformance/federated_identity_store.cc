// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/identity_rows.h"

#include <gmock/gmock.h>

namespace cardea::testing {

using account::AccountRecord;
using account::FederatedIdentity;
using account::Kept;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_P(FederatedIdentityStoreTest, returns_every_field_as_it_was_inserted) {
    FederatedIdentity identity = make_identity(add_account());
    identity.subject = "00u'\"; DROP TABLE federated_identity; --";
    identity.label = "Zoë \xF0\x9F\x94\x91 <zoë@example.org>";
    identity.linked_at = at(1);
    identity.last_used_at = at(2);
    insert(stores_->identities(), identity);

    const std::optional<FederatedIdentity> found = find(stores_->identities(), identity);

    ASSERT_TRUE(found);
    expect_same(*found, identity);
}

TEST_P(FederatedIdentityStoreTest, finds_an_identity_by_issuer_and_subject_together) {
    const FederatedIdentity identity = make_identity(add_account());
    insert(stores_->identities(), identity);
    FederatedIdentity other_issuer = identity;
    other_issuer.issuer = "https://accounts.example.net";
    FederatedIdentity other_subject = identity;
    other_subject.subject.pop_back();

    EXPECT_FALSE(find(stores_->identities(), other_issuer));
    EXPECT_FALSE(find(stores_->identities(), other_subject));
}

TEST_P(FederatedIdentityStoreTest, links_an_identity_once_whoever_asks) {
    const FederatedIdentity identity = make_identity(add_account());
    insert(stores_->identities(), identity);
    FederatedIdentity again = make_identity(identity.account);
    again.subject = identity.subject;
    FederatedIdentity of_another = make_identity(add_account());
    of_another.subject = identity.subject;

    EXPECT_EQ(refusal(run(stores_->identities().insert(again, {}))), Errc::conflict);
    EXPECT_EQ(refusal(run(stores_->identities().insert(of_another, {}))), Errc::conflict);
    EXPECT_EQ(find(stores_->identities(), identity)->account, identity.account);
}

TEST_P(FederatedIdentityStoreTest, links_one_of_many_at_the_same_time) {
    std::vector<FederatedIdentity> rivals;
    for (int i = 0; i < 8; ++i) {
        rivals.push_back(make_identity(add_account()));
        rivals.back().subject = rivals.front().subject;
    }

    const int linked = count_successes([&](int number) {
        return run(stores_->identities().insert(rivals[static_cast<std::size_t>(number)], {})).has_value();
    });

    EXPECT_EQ(linked, 1);
}

TEST_P(FederatedIdentityStoreTest, links_nothing_to_an_account_that_is_gone) {
    const FederatedIdentity identity = make_identity(AccountId::make(random_));

    EXPECT_EQ(refusal(run(stores_->identities().insert(identity, {}))), Errc::not_found);
    EXPECT_FALSE(find(stores_->identities(), identity));
}

TEST_P(FederatedIdentityStoreTest, keeps_to_the_limit_of_each_account) {
    const AccountId account = add_account();
    insert(stores_->identities(), make_identity(account));

    EXPECT_EQ(
        refusal(run(stores_->identities().insert(make_identity(account), {.limit = 1}))), Errc::too_large
    );
    EXPECT_EQ(
        refusal(run(stores_->identities().insert(make_identity(add_account()), {.limit = 1}))), std::nullopt
    );
}

TEST_P(FederatedIdentityStoreTest, consumes_what_entitles_to_an_account_together_with_both) {
    const OneTimeUse use{random_.bytes<32>(), at(1000)};
    AccountRecord account;
    account.id = AccountId::make(random_);
    const FederatedIdentity linked = make_identity(add_account());
    insert(stores_->identities(), linked);
    FederatedIdentity taken = make_identity(account.id);
    taken.subject = linked.subject;
    const FederatedIdentity fresh = make_identity(account.id);
    const auto insert_with = [&](const FederatedIdentity& identity) {
        return refusal(run(stores_->identities().insert_account(account, identity, {use})));
    };

    EXPECT_EQ(insert_with(taken), Errc::conflict);
    EXPECT_EQ(insert_with(fresh), std::nullopt);  // the refusal consumed nothing
    account.id = AccountId::make(random_);
    EXPECT_EQ(insert_with(make_identity(account.id)), Errc::replayed);
    EXPECT_TRUE(load(stores_->accounts(), account.id).id.is_nil());
}

TEST_P(FederatedIdentityStoreTest, adds_an_account_with_its_identity_or_neither) {
    AccountRecord account;
    account.id = AccountId::make(random_);
    account.email = account.email_key = "a@example.org";
    const FederatedIdentity identity = make_identity(account.id);
    ASSERT_TRUE(run(stores_->identities().insert_account(account, identity, {})));
    EXPECT_EQ(load(stores_->accounts(), account.id).email, "a@example.org");
    ASSERT_TRUE(find(stores_->identities(), identity));

    AccountRecord with_taken_name = account;
    with_taken_name.id = AccountId::make(random_);
    const FederatedIdentity fresh = make_identity(with_taken_name.id);
    EXPECT_EQ(refusal(run(stores_->identities().insert_account(with_taken_name, fresh, {}))), Errc::conflict);
    EXPECT_FALSE(find(stores_->identities(), fresh));

    AccountRecord with_taken_identity;
    with_taken_identity.id = AccountId::make(random_);
    FederatedIdentity taken = make_identity(with_taken_identity.id);
    taken.subject = identity.subject;
    EXPECT_EQ(
        refusal(run(stores_->identities().insert_account(with_taken_identity, taken, {}))), Errc::conflict
    );
    EXPECT_TRUE(load(stores_->accounts(), with_taken_identity.id).id.is_nil());
}

TEST_P(FederatedIdentityStoreTest, keeps_an_account_that_has_no_name_of_its_own) {
    for (int i = 0; i < 2; ++i) {
        AccountRecord account;
        account.id = AccountId::make(random_);
        EXPECT_TRUE(run(stores_->identities().insert_account(account, make_identity(account.id), {})));
    }
}

TEST_P(FederatedIdentityStoreTest, lists_those_of_one_account_oldest_first) {
    const AccountId account = add_account();
    FederatedIdentity second = make_identity(account);
    second.linked_at = at(2);
    FederatedIdentity first = make_identity(account);
    first.linked_at = at(1);
    insert(stores_->identities(), second);
    insert(stores_->identities(), first);
    insert(stores_->identities(), make_identity(add_account()));

    EXPECT_THAT(ids(stores_->identities(), account), ElementsAre(first.id, second.id));
    EXPECT_THAT(ids(stores_->identities(), AccountId::make(random_)), IsEmpty());
}

TEST_P(FederatedIdentityStoreTest, moves_last_used_forward_and_never_back) {
    const FederatedIdentity identity = make_identity(add_account());
    insert(stores_->identities(), identity);

    ASSERT_TRUE(run(stores_->identities().touch(identity.id, at(50))));
    ASSERT_TRUE(run(stores_->identities().touch(identity.id, at(20))));
    ASSERT_TRUE(run(stores_->identities().touch(FederatedIdentityId::make(random_), at(50))));

    EXPECT_EQ(find(stores_->identities(), identity)->last_used_at, at(50));
}

TEST_P(FederatedIdentityStoreTest, removing_an_account_removes_its_identities) {
    const FederatedIdentity identity = make_identity(add_account());
    const FederatedIdentity other = make_identity(add_account());
    insert(stores_->identities(), identity);
    insert(stores_->identities(), other);

    ASSERT_TRUE(run(stores_->accounts().remove(identity.account)).value());

    EXPECT_FALSE(find(stores_->identities(), identity));
    EXPECT_TRUE(find(stores_->identities(), other));
}

TEST_P(FederatedIdentityStoreTest, reclaiming_leaves_an_account_no_way_in_but_what_is_kept) {
    AccountRecord account = load(stores_->accounts(), add_account());
    const session::SessionRecord mine = make_session(account.id);
    const session::SessionRecord theirs = make_session(account.id);
    const session::SessionRecord unrelated = make_session(add_account());
    for (const session::SessionRecord& session : {mine, theirs, unrelated}) {
        ASSERT_TRUE(run(stores_->sessions().insert(session, {})));
    }
    const apikey::ApiKeyRecord key = make_api_key(account.id);
    ASSERT_TRUE(run(stores_->api_keys().insert(key, {})));
    const FederatedIdentity planted = make_identity(account.id);
    insert(stores_->identities(), planted);
    const FederatedIdentity proven = make_identity(account.id);
    account.email_verified = true;

    ASSERT_TRUE(run(stores_->accounts().reclaim(account, 0, {.session = mine.id, .identity = proven})));

    EXPECT_TRUE(load(stores_->accounts(), account.id).email_verified);
    EXPECT_EQ(load(stores_->accounts(), account.id).version, 1);
    EXPECT_TRUE(run(stores_->sessions().find(mine.token_hash)).value());
    EXPECT_FALSE(run(stores_->sessions().find(theirs.token_hash)).value());
    EXPECT_TRUE(run(stores_->sessions().find(unrelated.token_hash)).value());
    EXPECT_FALSE(run(stores_->api_keys().find(key.key_hash)).value());
    EXPECT_THAT(ids(stores_->identities(), account.id), ElementsAre(proven.id));
}

TEST_P(FederatedIdentityStoreTest, reclaiming_changes_nothing_when_it_cannot_change_all) {
    AccountRecord account = load(stores_->accounts(), add_account());
    const session::SessionRecord session = make_session(account.id);
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));
    const FederatedIdentity planted = make_identity(account.id);
    const FederatedIdentity of_another = make_identity(add_account());
    insert(stores_->identities(), planted);
    insert(stores_->identities(), of_another);
    FederatedIdentity taken = make_identity(account.id);
    taken.subject = of_another.subject;
    account.email_verified = true;

    EXPECT_EQ(refusal(run(stores_->accounts().reclaim(account, 0, {.identity = taken}))), Errc::conflict);
    EXPECT_EQ(refusal(run(stores_->accounts().reclaim(account, 7, {}))), Errc::conflict);
    account.id = AccountId::make(random_);
    EXPECT_EQ(refusal(run(stores_->accounts().reclaim(account, 0, {}))), Errc::not_found);

    EXPECT_FALSE(load(stores_->accounts(), planted.account).email_verified);
    EXPECT_TRUE(run(stores_->sessions().find(session.token_hash)).value());
    EXPECT_THAT(ids(stores_->identities(), planted.account), ElementsAre(planted.id));
}

TEST_P(FederatedIdentityStoreTest, reclaiming_without_a_session_to_keep_ends_them_all) {
    const AccountRecord account = load(stores_->accounts(), add_account());
    const session::SessionRecord session = make_session(account.id);
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));

    ASSERT_TRUE(run(stores_->accounts().reclaim(account, 0, {})));

    EXPECT_FALSE(run(stores_->sessions().find(session.token_hash)).value());
}

TEST_P(FederatedIdentityStoreTest, reclaims_nothing_for_a_session_that_is_gone) {
    AccountRecord account = load(stores_->accounts(), add_account());
    const session::SessionRecord gone = make_session(account.id);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));
    const FederatedIdentity planted = make_identity(account.id);
    insert(stores_->identities(), planted);
    account.email_verified = true;

    for (const SessionId session : {gone.id, of_another.id}) {
        EXPECT_EQ(
            refusal(run(stores_->accounts().reclaim(account, 0, {.session = session}))), Errc::unauthenticated
        );
    }

    EXPECT_FALSE(load(stores_->accounts(), account.id).email_verified);
    EXPECT_THAT(ids(stores_->identities(), account.id), ElementsAre(planted.id));
}

TEST_P(FederatedIdentityStoreTest, links_for_a_session_of_the_account_while_it_is_there) {
    const AccountId account = add_account();
    const session::SessionRecord session = make_session(account);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));
    const FederatedIdentity linked = make_identity(account);

    EXPECT_EQ(
        refusal(run(stores_->identities().insert(make_identity(account), {.session = of_another.id}))),
        Errc::unauthenticated
    );
    EXPECT_EQ(refusal(run(stores_->identities().insert(linked, {.session = session.id}))), std::nullopt);
    ASSERT_TRUE(run(stores_->sessions().remove(account, session.id, {})).value());
    EXPECT_EQ(
        refusal(run(stores_->identities().insert(make_identity(account), {.session = session.id}))),
        Errc::unauthenticated
    );

    EXPECT_THAT(ids(stores_->identities(), account), ElementsAre(linked.id));
}

TEST_P(FederatedIdentityStoreTest, nothing_that_a_session_asks_for_outlives_a_reclaim) {
    const AccountRecord account = load(stores_->accounts(), add_account());
    const session::SessionRecord theirs = make_session(account.id);
    ASSERT_TRUE(run(stores_->sessions().insert(theirs, {})));
    std::vector<FederatedIdentity> identities;
    std::vector<apikey::ApiKeyRecord> keys;
    for (int i = 0; i < 8; ++i) {
        identities.push_back(make_identity(account.id));
        keys.push_back(make_api_key(account.id));
    }

    count_successes([&](int number) {
        const auto place = static_cast<std::size_t>(number);
        if (number == 4) {
            return run(stores_->accounts().reclaim(account, 0, {})).has_value();
        }
        const bool linked =
            run(stores_->identities().insert(identities[place], {.session = theirs.id})).has_value();
        return run(stores_->api_keys().insert(keys[place], {.session = theirs.id})).has_value() && linked;
    });

    EXPECT_EQ(load(stores_->accounts(), account.id).version, 1);
    EXPECT_THAT(ids(stores_->identities(), account.id), IsEmpty());
    EXPECT_THAT(run(stores_->api_keys().list(account.id)).value(), IsEmpty());
}

}  // namespace cardea::testing
