// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/identity_rows.h"
#include "tests/conformance/session_rows.h"

namespace cardea::testing {

using account::AccountRecord;
using account::FederatedIdentity;

TEST_P(FederatedIdentityStoreTest, unlinks_one_of_its_own_account_only) {
    AccountRecord account = load(stores_->accounts(), add_account());
    account.password_hash = "$argon2id$";
    ASSERT_TRUE(run(stores_->accounts().update(account, 0, {})));
    const FederatedIdentity identity = make_identity(account.id);
    insert(stores_->identities(), identity);

    EXPECT_FALSE(run(stores_->identities().remove(add_account(), identity.id, {})).value());
    EXPECT_TRUE(run(stores_->identities().remove(account.id, identity.id, {})).value());
    EXPECT_FALSE(run(stores_->identities().remove(account.id, identity.id, {})).value());
    EXPECT_FALSE(find(stores_->identities(), identity));
}

TEST_P(FederatedIdentityStoreTest, ends_the_sessions_that_came_by_what_is_unlinked_but_the_one_that_asks) {
    const AccountId account = add_account();
    const FederatedIdentity stolen = make_identity(account);
    const FederatedIdentity other = make_identity(account);
    insert(stores_->identities(), stolen);
    insert(stores_->identities(), other);
    const auto begin = [&](FederatedIdentityId identity) {
        session::SessionRecord session = make_session(account);
        session.identity = identity;
        EXPECT_TRUE(run(stores_->sessions().insert(session, {})));
        return session;
    };
    const session::SessionRecord asking = begin(stolen.id);
    const session::SessionRecord by_stolen = begin(stolen.id);
    const session::SessionRecord by_other = begin(other.id);
    const session::SessionRecord by_password = begin({});

    ASSERT_TRUE(run(stores_->identities().remove(account, stolen.id, {.session = asking.id})).value());

    EXPECT_TRUE(is_there(stores_->sessions(), asking.token_hash));
    EXPECT_FALSE(is_there(stores_->sessions(), by_stolen.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), by_other.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), by_password.token_hash));
}

TEST_P(FederatedIdentityStoreTest, ends_every_session_that_came_by_what_an_operator_unlinks) {
    const AccountId account = add_account();
    const FederatedIdentity stolen = make_identity(account);
    insert(stores_->identities(), stolen);
    insert(stores_->identities(), make_identity(account));
    session::SessionRecord session = make_session(account);
    session.identity = stolen.id;
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));

    ASSERT_TRUE(run(stores_->identities().remove(account, stolen.id, {})).value());

    EXPECT_FALSE(is_there(stores_->sessions(), session.token_hash));
}

TEST_P(FederatedIdentityStoreTest, ends_no_session_where_nothing_is_unlinked) {
    const AccountId account = add_account();
    const FederatedIdentity last = make_identity(account);
    insert(stores_->identities(), last);
    session::SessionRecord session = make_session(account);
    session.identity = last.id;
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));

    EXPECT_EQ(refusal(run(stores_->identities().remove(account, last.id, {}))), Errc::conflict);

    EXPECT_TRUE(is_there(stores_->sessions(), session.token_hash));
}

TEST_P(FederatedIdentityStoreTest, unlinks_for_a_session_of_the_account_while_it_is_there) {
    const AccountId account = add_account();
    const FederatedIdentity identity = make_identity(account);
    insert(stores_->identities(), identity);
    insert(stores_->identities(), make_identity(account));
    const session::SessionRecord gone = make_session(account);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));

    for (const SessionId session : {gone.id, of_another.id}) {
        EXPECT_EQ(
            refusal(run(stores_->identities().remove(account, identity.id, {.session = session}))),
            Errc::unauthenticated
        );
    }

    EXPECT_TRUE(find(stores_->identities(), identity));
}

TEST_P(FederatedIdentityStoreTest, keeps_the_last_way_into_an_account_without_a_password) {
    const AccountId account = add_account();
    const FederatedIdentity first = make_identity(account);
    const FederatedIdentity second = make_identity(account);
    insert(stores_->identities(), first);
    insert(stores_->identities(), second);

    EXPECT_TRUE(run(stores_->identities().remove(account, first.id, {})).value());
    EXPECT_EQ(refusal(run(stores_->identities().remove(account, second.id, {}))), Errc::conflict);
    EXPECT_TRUE(find(stores_->identities(), second));
}

TEST_P(FederatedIdentityStoreTest, never_unlinks_the_last_two_at_the_same_time) {
    const AccountId account = add_account();
    std::vector<FederatedIdentity> identities;
    for (int i = 0; i < 8; ++i) {
        identities.push_back(make_identity(account));
        insert(stores_->identities(), identities.back());
    }

    const int unlinked = count_successes([&](int number) {
        const auto& identity = identities[static_cast<std::size_t>(number)];
        return run(stores_->identities().remove(account, identity.id, {})).value_or(false);
    });

    EXPECT_EQ(unlinked, 7);
}

}  // namespace cardea::testing
