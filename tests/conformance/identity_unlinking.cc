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

    const account::UnlinkTerms terms{.session = asking.id, .remaining = other.id};
    ASSERT_TRUE(run(stores_->identities().remove(account, stolen.id, terms)).value());

    EXPECT_TRUE(is_there(stores_->sessions(), asking.token_hash));
    EXPECT_FALSE(is_there(stores_->sessions(), by_stolen.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), by_other.token_hash));
    EXPECT_TRUE(is_there(stores_->sessions(), by_password.token_hash));
}

TEST_P(FederatedIdentityStoreTest, ends_every_session_that_came_by_what_an_operator_unlinks) {
    const AccountId account = add_account();
    const FederatedIdentity stolen = make_identity(account);
    insert(stores_->identities(), stolen);
    session::SessionRecord session = make_session(account);
    session.identity = stolen.id;
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));

    const auto unlinked =
        run(stores_->identities().remove(account, stolen.id, {.way_in = account::WayIn::may_go}));

    ASSERT_TRUE(unlinked.value());

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
    const FederatedIdentity of_another = make_identity(add_account());
    insert(stores_->identities(), of_another);
    const auto unlink = [&](FederatedIdentityId target, FederatedIdentityId remaining) {
        return run(stores_->identities().remove(account, target, {.remaining = remaining}));
    };

    EXPECT_EQ(refusal(unlink(first.id, {})), Errc::conflict);
    EXPECT_EQ(refusal(unlink(first.id, first.id)), Errc::conflict);
    EXPECT_EQ(refusal(unlink(first.id, of_another.id)), Errc::conflict);
    EXPECT_TRUE(unlink(first.id, second.id).value());
    EXPECT_EQ(refusal(unlink(second.id, first.id)), Errc::conflict);
    EXPECT_TRUE(find(stores_->identities(), second));
}

TEST_P(FederatedIdentityStoreTest, takes_the_last_way_in_where_it_may_go) {
    const FederatedIdentity last = make_identity(add_account());
    insert(stores_->identities(), last);

    const auto unlinked =
        run(stores_->identities().remove(last.account, last.id, {.way_in = account::WayIn::may_go}));

    EXPECT_TRUE(unlinked.value());
    EXPECT_FALSE(find(stores_->identities(), last));
}

TEST_P(FederatedIdentityStoreTest, never_unlinks_the_last_two_at_the_same_time) {
    const AccountId account = add_account();
    const std::vector<FederatedIdentity> identities{make_identity(account), make_identity(account)};
    insert(stores_->identities(), identities[0]);
    insert(stores_->identities(), identities[1]);

    const int unlinked = count_successes([&](int number) {
        const std::size_t target = number % 2 == 0 ? 0 : 1;
        const account::UnlinkTerms terms{.remaining = identities[1 - target].id};
        return run(stores_->identities().remove(account, identities[target].id, terms)).value_or(false);
    });

    EXPECT_EQ(unlinked, 1);
}

}  // namespace cardea::testing
