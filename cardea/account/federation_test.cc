// SPDX-License-Identifier: Apache-2.0
// Signing in by a provider.
#include "cardea/account/federation.h"

#include "tests/support/federation_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <tuple>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using testing::run;
using ::testing::SizeIs;

TEST_F(Federation, makes_an_account_for_an_identity_that_is_new) {
    const SignedIn signed_in = sign_in(at_provider("1", "anna@example.com"));

    EXPECT_EQ(signed_in.account.email, "anna@example.com");
    EXPECT_TRUE(signed_in.account.email_verified);
    EXPECT_EQ(signed_in.account.name, "Anna");
    EXPECT_EQ(signed_in.account.password_hash, "");
    EXPECT_EQ(signed_in.next, "/wiki");
    EXPECT_EQ(signed_in.session.record.amr, "fed");
    EXPECT_FALSE(signed_in.device_cookie.empty());
    EXPECT_TRUE(world.is_live(signed_in));
    EXPECT_TRUE(has_row(audit::Event::registered));
    EXPECT_TRUE(has_row(audit::Event::signed_in));
}

TEST_F(Federation, signs_in_to_the_same_account_from_then_on_whatever_else_the_provider_says) {
    const SignedIn first = sign_in(at_provider("1", "anna@example.com"));
    world.clock.advance(std::chrono::hours(1));

    const SignedIn second = sign_in(at_provider("1", "married@example.net"));

    EXPECT_EQ(second.account.id, first.account.id);
    EXPECT_EQ(second.account.email, "anna@example.com");
    ASSERT_THAT(identities(first.account.id), SizeIs(1));
    EXPECT_EQ(identities(first.account.id)[0].last_used_at, world.clock.now());
    EXPECT_EQ(identities(first.account.id)[0].label, "anna@example.com");
}

TEST_F(Federation, an_address_that_the_provider_did_not_verify_is_nobodys) {
    ProvenIdentity who = at_provider("1", "anna@example.com");
    who.is_email_verified = false;

    const SignedIn signed_in = sign_in(who);

    EXPECT_EQ(signed_in.account.email, "");
    EXPECT_FALSE(signed_in.account.email_verified);
}

TEST_F(Federation, takes_whatever_a_provider_says_of_a_name_or_an_address) {
    ProvenIdentity who = at_provider("1", "no address");
    who.name = std::string(5'000, 'x');

    const SignedIn signed_in = sign_in(who);

    EXPECT_EQ(signed_in.account.name, "");
    EXPECT_EQ(signed_in.account.email, "");
    EXPECT_EQ(identities(signed_in.account.id)[0].label, "1");
}

TEST_F(Federation, asks_people_of_long_names_too) {
    const std::string email = std::string(64, 'a') + "@" + std::string(60, 'b') + ".example.com";
    proven_person(email);
    ProvenIdentity who = at_provider(std::string(255, 's'), email);
    who.issuer = "https://login.example.org/" + std::string(200, 'i');
    for (int i = 0; i < 100; ++i) {
        who.name += "\xF0\x9F\x94\x91";
    }

    const FederatedQuestion question = ask(who);

    EXPECT_TRUE(newly(question));
}

TEST_F(Federation, refuses_a_disabled_account_like_a_wrong_password) {
    const SignedIn signed_in = sign_in(at_provider("1", "anna@example.com"));
    ASSERT_TRUE(run(world.directory.disable(signed_in.account.id, "operator")));

    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"))), Errc::credentials_wrong);
    EXPECT_EQ(refusal(come_back(at_provider("2", "anna@example.com"))), Errc::credentials_wrong);
}

TEST_F(Federation, a_provider_that_proves_again_who_is_there_revives_no_session) {
    const SignedIn mine = sign_in(at_provider("1", "anna@example.com"));
    const SignedIn other = sign_in(at_provider("1", "anna@example.com"));
    const AccountId anna = mine.account.id;
    world.wish.replaces = name_of(mine.session.record);
    world.accounts.before_find = [&] {
        ASSERT_TRUE(run(world.sessions.revoke_others(name_of(other.session.record))));
    };

    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"), anna)), Errc::unauthenticated);

    EXPECT_EQ(run(world.sessions.list(anna))->size(), 1U);
    EXPECT_TRUE(world.is_live(other));
    EXPECT_TRUE(come_back(at_provider("1", "anna@example.com")));  // a sign-in is one over what ended too
}

TEST_F(Federation, refuses_nobody_as_unknown_because_the_store_fails) {
    const SignedIn mine = sign_in(at_provider("1", "anna@example.com"));
    world.identity_rows.list_fails_with = Errc::store_unavailable;

    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"))), Errc::store_unavailable);

    EXPECT_EQ(run(world.sessions.list(mine.account.id))->size(), 1U);
}

TEST_F(Federation, an_address_that_only_looks_alike_is_nobodys) {
    const AccountRecord kim = world.person("kim@example.com");
    proven_person("boss@example.com");

    const SignedIn like_kim = sign_in(at_provider("1", "\u212aim@example.com"));
    const SignedIn like_boss = sign_in(at_provider("2", "bo\u017f\u017f@example.com"));

    EXPECT_NE(like_kim.account.id, kim.id);
    EXPECT_EQ(like_kim.account.email, "");
    EXPECT_EQ(like_boss.account.email, "");
    EXPECT_TRUE(world.sign_in("kim@example.com"));
}

TEST_F(Federation, people_who_are_linked_get_in_however_long_their_identity_is) {
    ProvenIdentity who = at_provider(std::string(2 * flow::max_carried_text, 's'));

    const SignedIn first = sign_in(who);
    const SignedIn second = sign_in(who);

    EXPECT_EQ(second.account.id, first.account.id);
}

TEST_F(Federation, neighbours_do_not_keep_a_known_device_from_coming_back) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    for (int i = 0; i < 100; ++i) {
        std::ignore = world.refusal("neighbour" + std::to_string(i));
    }
    EXPECT_EQ(refusal(run(world.federation.admit(world.facts))), Errc::rate_limited);

    world.facts.device_cookie = anna.device_cookie;

    for (std::uint64_t i = 0; i < GuessPolicy().per_known_account.count; ++i) {
        EXPECT_TRUE(run(world.federation.admit(world.facts))) << i;
    }
    EXPECT_EQ(refusal(run(world.federation.admit(world.facts))), Errc::rate_limited);
}

TEST_F(Federation, a_way_back_counts_once) {
    const flow::FlowState flow = world.federation.begin_sign_in("", {});
    const auto come = [&] {
        return run(world.federation.sign_in(flow, at_provider("1"), world.wish, world.facts));
    };
    ASSERT_TRUE(come());

    EXPECT_EQ(refusal(come()), Errc::replayed);
}

TEST_F(Federation, a_way_back_counts_for_half_an_hour) {
    const flow::FlowState flow = world.federation.begin_sign_in("", {});
    world.clock.advance(flow::federated_flow_lifetime);

    const auto late = run(world.federation.sign_in(flow, at_provider("1"), world.wish, world.facts));

    EXPECT_EQ(refusal(late), Errc::expired);
}

TEST_F(Federation, proves_again_who_is_there_and_lets_nobody_else_in) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    sign_in(at_provider("2", "ben@example.com"));

    const auto stranger = come_back(at_provider("3", "new@example.com"), anna.account.id);
    const auto ben = come_back(at_provider("2", "ben@example.com"), anna.account.id);
    const auto again = come_back(at_provider("1", "anna@example.com"), anna.account.id);

    EXPECT_EQ(refusal(stranger), Errc::forbidden);
    EXPECT_EQ(refusal(ben), Errc::forbidden);
    ASSERT_TRUE(again);
    EXPECT_EQ(std::get<SignedIn>(*again).account.id, anna.account.id);
    EXPECT_EQ(run(world.accounts.list({})).value().size(), 2U);
}

TEST_F(Federation, every_way_by_a_provider_begins_a_session_of_the_identity) {
    const SignedIn made = sign_in(at_provider("1", "anna@example.com"));
    const SignedIn known = sign_in(at_provider("1"));
    world.person("ben@example.com");
    const SignedIn reclaimed = sign_in(at_provider("2", "ben@example.com"));
    proven_person("eve@example.com");
    world.clock.advance(Duration(1));
    const SignedIn linked =
        by_password(ask(at_provider("3", "eve@example.com")), AccountWorld::good_password).value();

    for (const SignedIn& signed_in : {std::cref(made), std::cref(known), std::cref(reclaimed)}) {
        EXPECT_EQ(signed_in.session.record.identity, identities(signed_in.account.id).front().id);
    }
    EXPECT_EQ(linked.session.record.identity, identities(linked.account.id).back().id);
}

TEST_F(Federation, the_audit_log_says_by_whom_at_which_provider) {
    const SignedIn anna = sign_in(at_provider("anna-at-provider", "anna@example.com"));
    EXPECT_TRUE(has_rows_of(audit::Event::registered, "anna-at-provider"));
    EXPECT_TRUE(has_rows_of(audit::Event::signed_in, "anna-at-provider"));
    ASSERT_TRUE(link(anna.session.record, at_provider("second")));

    EXPECT_TRUE(has_rows_of(audit::Event::identity_linked, "second"));
    ASSERT_TRUE(run(world.directory.remove(anna.account.id, "operator")));
    EXPECT_FALSE(has_rows_of(audit::Event::signed_in, "anna-at-provider"));  // erased with the account
}

TEST_F(Federation, the_audit_log_says_who_was_refused) {
    const SignedIn anna = sign_in(at_provider("anna-at-provider", "anna@example.com"));
    ASSERT_TRUE(run(world.directory.disable(anna.account.id, "operator")));

    EXPECT_FALSE(come_back(at_provider("anna-at-provider")));

    const std::vector<audit::AuditRecord> rows = world.rows();
    EXPECT_EQ(rows.back().outcome, "credentials_wrong");
    EXPECT_TRUE(names(rows.back(), "anna-at-provider"));
}

TEST_F(Federation, removing_an_account_frees_its_identity) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    ASSERT_TRUE(run(world.directory.remove(anna.account.id, "operator")));

    const SignedIn again = sign_in(at_provider("1", "anna@example.com"));

    EXPECT_NE(again.account.id, anna.account.id);
}

}  // namespace
}  // namespace cardea::account
