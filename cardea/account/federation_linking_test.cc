// SPDX-License-Identifier: Apache-2.0
// Whose account it is: the question of somebody who may have one, and further ways into one.
#include "cardea/account/federation.h"
#include "tests/support/federation_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using testing::run;
using ::testing::SizeIs;

TEST_F(Federation, asks_before_it_links_to_an_account_whose_address_is_proven) {
    const SignedIn anna = proven_person("anna@example.com");

    const FederatedQuestion question = ask(at_provider("1", "Anna@Example.com"));

    EXPECT_TRUE(question.has_account);
    EXPECT_TRUE(question.offers_password);
    EXPECT_EQ(question.offers_account, RegistrationMode::open);
    EXPECT_THAT(identities(anna.account.id), SizeIs(1));
}

TEST_F(Federation, connecting_an_address_that_only_looks_alike_proves_nothing) {
    world.person("kim@example.com");
    const SignedIn kim = world.sign_in("kim@example.com").value();

    const auto linked = link(kim.session.record, at_provider("1", "\u212aim@example.com"));

    ASSERT_TRUE(linked);
    EXPECT_FALSE(linked->verified_email);
    EXPECT_TRUE(world.sign_in("kim@example.com"));
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

TEST_F(Federation, links_another_identity_to_who_is_signed_in) {
    world.person("anna@example.com");
    const SignedIn anna = world.sign_in("anna@example.com").value();

    const auto linked = link(anna.session.record, at_provider("1", "somewhere@example.net"));

    ASSERT_TRUE(linked);
    EXPECT_FALSE(linked->verified_email);
    EXPECT_EQ(linked->identity.label, "somewhere@example.net");
    EXPECT_FALSE(world.is_live(anna));
    ASSERT_TRUE(linked->token);
    EXPECT_TRUE(world.is_live(*linked->token));
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

TEST_F(Federation, what_was_connected_is_no_failure_because_the_token_changes_meanwhile) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    std::optional<session::SessionToken> rotated;
    world.accounts.before_find = [&] {
        rotated = run(world.sessions.rotate(anna.session.token.hash())).value();
    };

    EXPECT_TRUE(link(anna.session.record, at_provider("2")));

    EXPECT_TRUE(world.is_live(*rotated));
    EXPECT_THAT(identities(anna.account.id), SizeIs(2));
}

TEST_F(Federation, a_first_password_is_no_failure_because_the_token_changes_meanwhile) {
    const SignedIn anna = sign_in(at_provider("1", "anna@example.com"));
    world.accounts.before_update = [&] {
        ASSERT_TRUE(run(world.sessions.rotate(anna.session.token.hash())));
    };

    EXPECT_TRUE(run(world.service.set_first_password(
        anna.session.record, SecretText(AccountWorld::good_password), world.facts
    )));
}

TEST_F(Federation, what_is_not_connected_after_all_is_in_the_audit_log_too) {
    world.person("anna@example.com");
    const SignedIn anna = world.sign_in("anna@example.com").value();
    world.accounts.before_find = [&] {
        ASSERT_TRUE(run(world.sessions.revoke_all(anna.account.id, std::nullopt)));
    };

    EXPECT_EQ(
        refusal(link(anna.session.record, at_provider("1", "anna@example.com"))), Errc::unauthenticated
    );

    EXPECT_EQ(outcomes_of(audit::Event::identity_linked), "success unauthenticated ");
}

TEST_F(Federation, an_account_that_is_not_reclaimed_after_all_is_in_the_audit_log_too) {
    AccountRecord meanwhile = world.person("anna@example.com");
    world.accounts.before_reclaim = [&] {
        ASSERT_TRUE(run(world.stores.accounts.update(meanwhile, meanwhile.version, {})));
    };

    EXPECT_EQ(refusal(come_back(at_provider("1", "anna@example.com"))), Errc::conflict);

    EXPECT_EQ(outcomes_of(audit::Event::identity_linked), "success conflict ");
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

TEST_F(Federation, a_password_that_proves_again_who_is_there_leaves_the_session_with_its_identity) {
    proven_person("anna@example.com");
    const SignedIn anna = sign_in(at_provider("anna@example.com"));

    const auto again = run(world.service.confirm_password(
        anna.session.record, SecretText(AccountWorld::good_password), world.facts
    ));

    ASSERT_TRUE(again);
    EXPECT_EQ(again->record.identity, anna.session.record.identity);
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

}  // namespace
}  // namespace cardea::account
