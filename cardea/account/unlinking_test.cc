// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/federation.h"
#include "tests/support/federation_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::IsEmpty;
using testing::run;
using ::testing::SizeIs;

TEST_F(Federation, unlinks_all_but_the_last_way_in) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    session::SessionRecord session = anna.session.record;
    const FederatedIdentityId first = identities(anna.account.id).front().id;
    const FederationService::Linked linked = link(session, at_provider("2")).value();
    const FederatedIdentityId second = linked.identity.id;
    session.token_hash = linked.token.value().hash();

    EXPECT_EQ(refusal(run(world.federation.unlink(session, second, world.facts))), std::nullopt);
    EXPECT_EQ(refusal(run(world.federation.unlink(session, second, world.facts))), Errc::not_found);
    EXPECT_EQ(refusal(run(world.federation.unlink(session, first, world.facts))), Errc::conflict);

    ASSERT_TRUE(
        run(world.service.set_first_password(session, SecretText(AccountWorld::good_password), world.facts))
    );
    EXPECT_EQ(refusal(run(world.federation.unlink(session, first, world.facts))), std::nullopt);
    EXPECT_THAT(identities(anna.account.id), IsEmpty());
    EXPECT_TRUE(world.sign_in("anna@example.com"));
    EXPECT_TRUE(has_row(audit::Event::identity_unlinked));
}

TEST_F(Federation, unlinking_ends_the_sessions_that_came_by_the_identity_but_never_the_one_that_asks) {
    const SignedIn owner = proven_person("anna@example.com");
    const FederatedIdentityId stolen = identities(owner.account.id).front().id;
    const SignedIn thief = sign_in(at_provider("anna@example.com"));
    ASSERT_TRUE(world.is_live(thief));

    EXPECT_EQ(refusal(run(world.federation.unlink(owner.session.record, stolen, world.facts))), std::nullopt);

    EXPECT_FALSE(world.is_live(thief));
    EXPECT_TRUE(world.is_live(owner));
    EXPECT_TRUE(has_rows_of(audit::Event::identity_unlinked, "anna@example.com"));
}

TEST_F(Federation, unlinking_leaves_the_session_that_asks_even_where_it_came_by_the_identity) {
    const SignedIn password = proven_person("anna@example.com");
    const SignedIn asking = sign_in(at_provider("anna@example.com"));
    const SignedIn elsewhere = sign_in(at_provider("anna@example.com"));
    const FederatedIdentityId target = identities(asking.account.id).front().id;

    ASSERT_TRUE(run(world.federation.unlink(asking.session.record, target, world.facts)));

    EXPECT_TRUE(world.is_live(asking));
    EXPECT_FALSE(world.is_live(elsewhere));
    EXPECT_TRUE(world.is_live(password));
}

TEST_F(Federation, an_identity_of_a_provider_that_was_taken_away_is_no_way_in) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    ProvenIdentity taken_away = at_provider("2");
    taken_away.issuer = "https://gone.example.org";
    const FederationService::Linked linked = link(anna.session.record, taken_away).value();
    session::SessionRecord session = anna.session.record;
    session.token_hash = linked.token.value().hash();
    const FederatedIdentityId offered = sign_in(at_provider("1")).session.record.identity;

    EXPECT_EQ(refusal(run(world.federation.unlink(session, offered, world.facts))), Errc::conflict);
    EXPECT_EQ(refusal(run(world.federation.unlink(session, linked.identity.id, world.facts))), std::nullopt);
}

TEST_F(Federation, the_last_identity_stays_though_its_provider_was_taken_away) {
    ProvenIdentity taken_away = at_provider("1", "anna@example.com");
    taken_away.issuer = "https://gone.example.org";
    const SignedIn anna = sign_in(taken_away);
    const auto unlink = [&] {
        return refusal(
            run(world.federation.unlink(anna.session.record, anna.session.record.identity, world.facts))
        );
    };

    EXPECT_EQ(unlink(), Errc::conflict);
    ASSERT_TRUE(run(world.service.set_first_password(
        anna.session.record, SecretText(AccountWorld::good_password), world.facts
    )));
    EXPECT_EQ(unlink(), std::nullopt);
}

TEST_F(Federation, an_operator_unlinks_and_ends_the_sessions_that_came_by_it) {
    const SignedIn owner = proven_person("anna@example.com");
    const SignedIn thief = sign_in(at_provider("anna@example.com"));
    const auto unlink = [&](WayIn way_in) {
        const FederatedIdentityId target = thief.session.record.identity;
        return refusal(run(world.directory.unlink(owner.account.id, target, way_in, "operator")));
    };

    EXPECT_THAT(run(world.directory.list_identities(owner.account.id)).value(), SizeIs(1));
    EXPECT_EQ(unlink(WayIn::has_to_stay), std::nullopt);
    EXPECT_FALSE(world.is_live(thief));
    EXPECT_TRUE(world.is_live(owner));
    EXPECT_EQ(unlink(WayIn::has_to_stay), Errc::not_found);
    EXPECT_TRUE(has_rows_of(audit::Event::identity_unlinked, "anna@example.com"));
    EXPECT_TRUE(world.rows().back().personal.contains(R"("actor":"operator")"));
}

TEST_F(Federation, an_operator_takes_the_last_way_in_only_where_that_is_meant) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    const auto unlink = [&](WayIn way_in) {
        const FederatedIdentityId target = anna.session.record.identity;
        return refusal(run(world.directory.unlink(anna.account.id, target, way_in, "operator")));
    };

    EXPECT_EQ(unlink(WayIn::has_to_stay), Errc::conflict);
    EXPECT_TRUE(world.is_live(anna));
    EXPECT_EQ(unlink(WayIn::may_go), std::nullopt);
    EXPECT_FALSE(world.is_live(anna));
}

}  // namespace
}  // namespace cardea::account
