// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/federation.h"

#include "tests/support/federation_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

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

TEST_F(Federation, asks_before_it_links_to_an_account_whose_address_is_proven) {
    const SignedIn anna = proven_person("anna@example.com");

    const FederatedQuestion question = ask(at_provider("1", "Anna@Example.com"));

    EXPECT_TRUE(question.has_account);
    EXPECT_TRUE(question.offers_password);
    EXPECT_EQ(question.offers_account, RegistrationMode::open);
    EXPECT_THAT(identities(anna.account.id), SizeIs(1));
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

TEST_F(Federation, connecting_an_address_that_only_looks_alike_proves_nothing) {
    world.person("kim@example.com");
    const SignedIn kim = world.sign_in("kim@example.com").value();

    const auto linked = link(kim.session.record, at_provider("1", "\u212aim@example.com"));

    ASSERT_TRUE(linked);
    EXPECT_FALSE(linked->verified_email);
    EXPECT_TRUE(world.sign_in("kim@example.com"));
}

TEST_F(Federation, people_who_are_linked_get_in_however_long_their_identity_is) {
    ProvenIdentity who = at_provider(std::string(2 * flow::max_carried_text, 's'));

    const SignedIn first = sign_in(who);
    const SignedIn second = sign_in(who);

    EXPECT_EQ(second.account.id, first.account.id);
}

TEST_F(Federation, neighbours_do_not_keep_a_known_device_from_linking_by_password) {
    const SignedIn anna = proven_person("anna@example.com");
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));
    for (int i = 0; i < 100; ++i) {
        std::ignore = world.refusal("neighbour" + std::to_string(i));
    }
    EXPECT_EQ(refusal(by_password(question, AccountWorld::good_password)), Errc::rate_limited);

    world.facts.device_cookie = anna.device_cookie;
    const Result<SignedIn> signed_in = by_password(question, AccountWorld::good_password);

    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->account.id, anna.account.id);
}

TEST_F(Federation, the_password_of_the_account_links_the_identity) {
    const SignedIn anna = proven_person("anna@example.com");
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));

    EXPECT_EQ(refusal(by_password(question, "wrong password")), Errc::credentials_wrong);
    const Result<SignedIn> signed_in = by_password(question, AccountWorld::good_password);

    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->account.id, anna.account.id);
    EXPECT_EQ(signed_in->session.record.amr, "fed pwd");
    EXPECT_TRUE(world.is_live(anna));
    EXPECT_EQ(sign_in(at_provider("1")).account.id, anna.account.id);
}

TEST_F(Federation, who_does_not_give_the_password_gets_an_account_without_that_address) {
    const SignedIn anna = proven_person("anna@example.com");
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));

    const Result<SignedIn> signed_in = newly(question);

    ASSERT_TRUE(signed_in);
    EXPECT_NE(signed_in->account.id, anna.account.id);
    EXPECT_EQ(signed_in->account.email, "");
    EXPECT_EQ(sign_in(at_provider("1")).account.id, signed_in->account.id);
}

TEST_F(Federation, an_answer_counts_once) {
    const FederatedQuestion question = [&] {
        proven_person("anna@example.com");
        return ask(at_provider("1", "anna@example.com"));
    }();
    ASSERT_TRUE(newly(question));

    EXPECT_EQ(refusal(newly(question)), Errc::replayed);
    EXPECT_EQ(refusal(by_password(question, AccountWorld::good_password)), Errc::replayed);
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

TEST_F(Federation, links_another_identity_to_who_is_signed_in) {
    world.person("anna@example.com");
    const SignedIn anna = world.sign_in("anna@example.com").value();

    const auto linked = link(anna.session.record, at_provider("1", "somewhere@example.net"));

    ASSERT_TRUE(linked);
    EXPECT_FALSE(linked->verified_email);
    EXPECT_EQ(linked->identity.label, "somewhere@example.net");
    EXPECT_FALSE(world.is_live(anna));
    EXPECT_TRUE(world.is_live(linked->token));
    EXPECT_EQ(sign_in(at_provider("1")).account.id, anna.account.id);
    EXPECT_TRUE(world.sign_in("anna@example.com"));
    EXPECT_TRUE(has_row(audit::Event::identity_linked));
}

TEST_F(Federation, linking_twice_is_linking_once) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));

    const auto again = link(anna.session.record, at_provider("1", "anna@example.com"));

    ASSERT_TRUE(again);
    EXPECT_EQ(again->identity.id, identities(anna.account.id).front().id);
    EXPECT_THAT(identities(anna.account.id), SizeIs(1));
}

TEST_F(Federation, linking_asks_for_a_recent_sign_in) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    world.clock.advance(std::chrono::minutes(11));

    EXPECT_EQ(
        refusal(run(world.federation.begin_linking(anna.session.record, world.facts))), Errc::step_up_required
    );
    EXPECT_EQ(
        refusal(run(world.federation.unlink(anna.session.record, {}, world.facts))), Errc::step_up_required
    );
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

TEST_F(Federation, a_password_that_proves_again_who_is_there_leaves_the_session_with_its_identity) {
    proven_person("anna@example.com");
    const SignedIn anna = sign_in(at_provider("anna@example.com"));

    const auto again = run(world.service.confirm_password(
        anna.session.record, SecretText(AccountWorld::good_password), world.facts
    ));

    ASSERT_TRUE(again);
    EXPECT_EQ(again->record.identity, anna.session.record.identity);
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

TEST_F(Federation, a_first_password_asks_for_a_recent_sign_in_and_is_set_once) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    const auto set = [&](std::string_view password) {
        return refusal(
            run(world.service.set_first_password(anna.session.record, SecretText(password), world.facts))
        );
    };

    EXPECT_EQ(set("short"), Errc::password_too_short);
    world.clock.advance(std::chrono::minutes(11));
    EXPECT_EQ(set(AccountWorld::good_password), Errc::step_up_required);
    world.clock.advance(-std::chrono::minutes(11));
    EXPECT_EQ(set(AccountWorld::good_password), std::nullopt);
    EXPECT_EQ(set("another parasol 43 tangerine"), Errc::conflict);
}

TEST_F(Federation, removing_an_account_frees_its_identity) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    ASSERT_TRUE(run(world.directory.remove(anna.account.id, "operator")));

    const SignedIn again = sign_in(at_provider("1", "anna@example.com"));

    EXPECT_NE(again.account.id, anna.account.id);
}

class FederationByInvitation : public Federation {
 protected:
    FederationByInvitation() : Federation(RegistrationMode::by_invitation) {}
};

TEST_F(FederationByInvitation, a_new_identity_needs_an_invitation) {
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));
    EXPECT_FALSE(question.has_account);
    EXPECT_EQ(question.offers_account, RegistrationMode::by_invitation);

    EXPECT_EQ(refusal(newly(question)), Errc::forbidden);
    EXPECT_EQ(refusal(newly(question, "made up")), Errc::forbidden);
    const std::string for_ben =
        run(world.directory.make_invitation({.email = "ben@example.com"}, "operator")).value();
    EXPECT_EQ(refusal(newly(question, for_ben)), Errc::forbidden);

    const std::string code =
        run(world.directory.make_invitation({.email = "anna@example.com"}, "operator")).value();
    const Result<SignedIn> signed_in = newly(question, code);
    ASSERT_TRUE(signed_in);
    EXPECT_EQ(signed_in->account.email, "anna@example.com");
    EXPECT_TRUE(has_row(audit::Event::invitation_used));
}

TEST_F(FederationByInvitation, an_account_that_cannot_be_made_leaves_the_invitation_good) {
    const std::string code = run(world.directory.make_invitation({}, "operator")).value();
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));
    world.identity_rows.before_insert_account = [&] {
        AccountRecord rival;
        rival.id = AccountId::make(world.random);
        rival.email = rival.email_key = "anna@example.com";
        ASSERT_TRUE(run(world.accounts.insert(rival, {})));
    };

    EXPECT_EQ(refusal(newly(question, code)), Errc::conflict);
    EXPECT_TRUE(newly(ask(at_provider("2", "ben@example.com")), code));
    EXPECT_EQ(refusal(newly(ask(at_provider("3", "eve@example.com")), code)), Errc::replayed);
}

TEST_F(FederationByInvitation, asks_the_same_again) {
    const FederatedQuestion question = ask(at_provider("1", "anna@example.com"));

    const Result<FederatedQuestion> again = run(world.federation.question(question.flow));

    ASSERT_TRUE(again);
    EXPECT_EQ(again->email, "anna@example.com");
    EXPECT_EQ(again->offers_account, RegistrationMode::by_invitation);
}

class FederationClosed : public Federation {
 protected:
    FederationClosed() : Federation(RegistrationMode::closed) {}
};

TEST_F(FederationClosed, refuses_a_new_identity) {
    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"))), Errc::forbidden);
    EXPECT_EQ(run(world.accounts.list({})).value().size(), 0U);
}

TEST_F(FederationClosed, an_operator_lets_people_in_by_their_address) {
    const AccountRecord added = run(world.directory.add({.email = "anna@example.com"}, "operator")).value();

    EXPECT_EQ(sign_in(at_provider("1", "anna@example.com")).account.id, added.id);
}

}  // namespace
}  // namespace cardea::account
