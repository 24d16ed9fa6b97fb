// SPDX-License-Identifier: Apache-2.0
// Threat: somebody gets into another's account by "sign in with ...": by an address that is not theirs, by an
// account that they made with the victim's address beforehand (pre-hijacking), or by making the victim link
// an identity of theirs.
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::IsEmpty;
using testing::run;
using ::testing::SizeIs;

ProvenIdentity identity(std::string_view subject, std::string_view email, bool is_verified = true) {
    return {
        .issuer = "https://accounts.example.org",
        .subject = std::string(subject),
        .email = std::string(email),
        .is_email_verified = is_verified,
        .name = {},
    };
}

class AccountTakeover : public ::testing::Test {
 protected:
    Result<FederatedOutcome> come_back(ProvenIdentity who) {
        const flow::FlowState flow = world.federation.begin_sign_in("", {});
        return run(world.federation.sign_in(flow, std::move(who), world.wish, world.facts));
    }
    SignedIn sign_in(ProvenIdentity who) { return std::get<SignedIn>(come_back(std::move(who)).value()); }
    /// The token that the session has then.
    session::SessionToken link(const SignedIn& signed_in, ProvenIdentity who) {
        const session::SessionRecord& session = signed_in.session.record;
        const flow::FlowState flow = run(world.federation.begin_linking(session, world.facts)).value();
        return run(world.federation.link(session, flow, std::move(who), world.facts)).value().token.value();
    }
    apikey::ApiKey api_key(const SignedIn& signed_in) {
        apikey::NewApiKey wish;
        wish.name = "backdoor";
        return std::move(
                   run(world.service.issue_api_key(signed_in.session.record, std::move(wish), world.facts))
                       .value()
        )
            .key;
    }
    /// The attacker makes the victim's account before them, and stays inside.
    SignedIn hijack_beforehand() {
        world.person("victim@example.com");
        return world.sign_in("victim@example.com").value();
    }
    /// The victim comes, a moment later.
    void prove_address() {
        world.clock.advance(Duration(1));
        sign_in(identity("victim", "victim@example.com"));
    }

    AccountWorld world;
};

TEST_F(AccountTakeover, an_account_made_beforehand_with_the_victims_address_is_the_victims_alone) {
    const SignedIn attacker = hijack_beforehand();
    const apikey::ApiKey key = api_key(attacker);
    const session::SessionToken inside = link(attacker, identity("attacker", "attacker@example.net"));
    ASSERT_TRUE(world.is_live(inside));

    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));

    EXPECT_EQ(victim.account.id, attacker.account.id);
    EXPECT_TRUE(victim.account.email_verified);
    EXPECT_TRUE(world.is_live(victim));
    EXPECT_FALSE(world.is_live(inside));  // unexpired session
    EXPECT_EQ(world.refusal("victim@example.com", AccountWorld::good_password), Errc::credentials_wrong);
    EXPECT_FALSE(run(world.api_keys.authenticate(key.hash())));
    EXPECT_NE(sign_in(identity("attacker", "attacker@example.net")).account.id, victim.account.id);  // trojan
    EXPECT_THAT(run(world.federation.list(victim.account.id)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, a_password_that_was_being_checked_meanwhile_opens_nothing) {
    const AccountRecord made = world.person("victim@example.com");
    world.accounts.before_find = [&] { prove_address(); };

    // The password is proven; before its session is handed out, the victim proves the address.
    const auto attacker = world.sign_in("victim@example.com");

    EXPECT_EQ(attacker.error().code, Errc::credentials_wrong);
    EXPECT_THAT(run(world.sessions.list(made.id)).value(), SizeIs(1));
}

// A request that was let in may reach the store after the victim has proven the address, by which its session
// ended: what it asks for must not come to pass.

TEST_F(AccountTakeover, an_identity_that_was_being_linked_meanwhile_opens_nothing) {
    const SignedIn attacker = hijack_beforehand();
    const session::SessionRecord& session = attacker.session.record;
    const flow::FlowState flow = run(world.federation.begin_linking(session, world.facts)).value();
    world.accounts.before_find = [&] { prove_address(); };

    const auto linked =
        run(world.federation.link(session, flow, identity("attacker", "attacker@example.net"), world.facts));

    ASSERT_FALSE(linked);
    EXPECT_EQ(linked.error().code, Errc::unauthenticated);
    EXPECT_EQ(world.references.explain(linked.error().reference)->rule, audit::Rule::session);
    EXPECT_THAT(run(world.federation.list(session.account)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, a_password_that_was_being_set_meanwhile_opens_nothing) {
    const SignedIn attacker = hijack_beforehand();
    world.accounts.before_find = [&] { prove_address(); };

    const auto token = run(world.service.set_first_password(
        attacker.session.record, SecretText("a password of theirs"), world.facts
    ));

    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code, Errc::unauthenticated);
    EXPECT_EQ(world.refusal("victim@example.com", "a password of theirs"), Errc::credentials_wrong);
}

TEST_F(AccountTakeover, an_api_key_that_was_being_made_meanwhile_opens_nothing) {
    const SignedIn attacker = hijack_beforehand();
    apikey::NewApiKey wish;
    wish.name = "backdoor";
    prove_address();

    const auto issued =
        run(world.service.issue_api_key(attacker.session.record, std::move(wish), world.facts));

    ASSERT_FALSE(issued);
    EXPECT_EQ(issued.error().code, Errc::unauthenticated);
    EXPECT_THAT(run(world.api_keys.list(attacker.account.id)).value(), IsEmpty());
}

TEST_F(AccountTakeover, a_session_that_was_ended_meanwhile_takes_nothing_away) {
    const SignedIn attacker = hijack_beforehand();
    const session::SessionRecord& session = attacker.session.record;
    prove_address();
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));
    const FederatedIdentityId linked = run(world.federation.list(session.account)).value().front().id;
    const session::SessionRecord& theirs = victim.session.record;
    apikey::NewApiKey wish;
    wish.name = "deploy";
    const apikey::IssuedApiKey key =
        run(world.service.issue_api_key(theirs, std::move(wish), world.facts)).value();

    const auto unlinked = run(world.federation.unlink(session, linked, world.facts));
    const auto revoked = run(world.service.revoke_api_key(session, key.record.id, world.facts));
    const auto ended = run(world.service.revoke_session(session, theirs.id, world.facts));
    const auto ended_others = run(world.service.revoke_other_sessions(session, world.facts));

    EXPECT_EQ(unlinked.error().code, Errc::unauthenticated);
    EXPECT_EQ(revoked.error().code, Errc::unauthenticated);
    EXPECT_EQ(ended.error().code, Errc::unauthenticated);
    EXPECT_EQ(ended_others.error().code, Errc::unauthenticated);
    EXPECT_EQ(world.references.explain(ended.error().reference)->rule, audit::Rule::session);
    EXPECT_TRUE(world.is_live(victim));
    EXPECT_TRUE(run(world.api_keys.authenticate(key.key.hash())));
    EXPECT_THAT(run(world.federation.list(session.account)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, a_session_that_was_ended_meanwhile_proves_no_address) {
    const SignedIn attacker = hijack_beforehand();
    const session::SessionRecord& session = attacker.session.record;
    const flow::FlowState flow = run(world.federation.begin_linking(session, world.facts)).value();
    ASSERT_TRUE(run(world.sessions.revoke(session.account, session.id, std::nullopt)));

    const auto linked =
        run(world.federation.link(session, flow, identity("other", "victim@example.com"), world.facts));

    ASSERT_FALSE(linked);
    EXPECT_EQ(linked.error().code, Errc::unauthenticated);
    EXPECT_THAT(run(world.federation.list(session.account)).value(), IsEmpty());
}

TEST_F(AccountTakeover, an_identity_that_signs_in_meanwhile_opens_nothing) {
    const SignedIn before = hijack_beforehand();
    link(before, identity("attacker", "attacker@example.net"));
    world.accounts.before_find = [&] { prove_address(); };

    // The identity is found; before the account is looked up, the victim proves the address.
    const auto attacker = come_back(identity("attacker", "attacker@example.net"));

    ASSERT_FALSE(attacker);
    EXPECT_EQ(attacker.error().code, Errc::credentials_wrong);
    EXPECT_THAT(run(world.sessions.list(before.account.id)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, an_identity_that_signs_in_while_it_is_unlinked_opens_nothing) {
    const SignedIn victim = sign_in(identity("stolen", "victim@example.com"));
    const session::SessionRecord& session = victim.session.record;
    const FederatedIdentityId stolen = run(world.federation.list(session.account)).value().front().id;
    link(victim, identity("second", "second@example.net"));
    const auto unlink = [&] { EXPECT_TRUE(run(world.federation.unlink(session, stolen, world.facts))); };
    // Before the account is looked up, and once more when the session has begun: there it is unlinked.
    world.accounts.before_find = [&] { world.accounts.before_find = unlink; };

    const auto attacker = come_back(identity("stolen", "victim@example.com"));

    ASSERT_FALSE(attacker);
    EXPECT_EQ(attacker.error().code, Errc::credentials_wrong);
    EXPECT_THAT(run(world.sessions.list(session.account)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, the_first_proof_of_an_address_leaves_the_session_that_proves_it) {
    const SignedIn attacker = hijack_beforehand();
    const SignedIn victim = world.sign_in("victim@example.com").value();

    const session::SessionToken stays = link(victim, identity("victim", "victim@example.com"));

    EXPECT_TRUE(world.is_live(stays));
    EXPECT_FALSE(world.is_live(victim));  // by the token that somebody may have stolen
    EXPECT_FALSE(world.is_live(attacker));
    EXPECT_EQ(world.refusal("victim@example.com", AccountWorld::good_password), Errc::credentials_wrong);
}

TEST_F(AccountTakeover, an_address_that_a_provider_did_not_verify_opens_no_account) {
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));

    const SignedIn attacker = sign_in(identity("attacker", "victim@example.com", false));

    EXPECT_NE(attacker.account.id, victim.account.id);
    EXPECT_EQ(attacker.account.email, "");
}

TEST_F(AccountTakeover, an_address_that_an_attacker_got_at_another_provider_opens_no_account_by_itself) {
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));
    ProvenIdentity elsewhere = identity("attacker", "victim@example.com");
    elsewhere.issuer = "https://careless.example.net";

    const FederatedQuestion question = std::get<FederatedQuestion>(come_back(elsewhere).value());
    const auto by_password = run(world.federation.sign_in_by_password(
        question.flow, SecretText("a guess of theirs"), world.wish, world.facts
    ));

    EXPECT_FALSE(question.offers_password);  // the account has none
    EXPECT_EQ(by_password.error().code, Errc::credentials_wrong);
    EXPECT_TRUE(world.is_live(victim));
    EXPECT_THAT(run(world.federation.list(victim.account.id)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, the_same_subject_at_another_provider_is_somebody_else) {
    const SignedIn victim = sign_in(identity("42", "victim@example.com"));
    ProvenIdentity elsewhere = identity("42", "attacker@example.net");
    elsewhere.issuer = "https://careless.example.net";

    EXPECT_NE(sign_in(elsewhere).account.id, victim.account.id);
}

TEST_F(AccountTakeover, an_identity_of_another_account_cannot_be_linked) {
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));
    const SignedIn attacker = sign_in(identity("attacker", "attacker@example.net"));
    const session::SessionRecord& session = attacker.session.record;
    const flow::FlowState flow = run(world.federation.begin_linking(session, world.facts)).value();

    const auto linked =
        run(world.federation.link(session, flow, identity("victim", "victim@example.com"), world.facts));

    EXPECT_EQ(linked.error().code, Errc::conflict);
    EXPECT_EQ(world.references.explain(linked.error().reference)->rule, audit::Rule::identity_taken);
    EXPECT_EQ(sign_in(identity("victim", "victim@example.com")).account.id, victim.account.id);
}

TEST_F(AccountTakeover, a_flow_of_one_person_links_nothing_to_another) {
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));
    const SignedIn attacker = sign_in(identity("attacker", "attacker@example.net"));
    const flow::FlowState of_attacker =
        run(world.federation.begin_linking(attacker.session.record, world.facts)).value();

    const auto linked = run(world.federation.link(
        victim.session.record, of_attacker, identity("second", "attacker@example.net"), world.facts
    ));

    EXPECT_EQ(linked.error().code, Errc::forbidden);
    EXPECT_THAT(run(world.federation.list(victim.account.id)).value(), SizeIs(1));
}

TEST_F(AccountTakeover, a_sign_in_does_not_link_and_a_linking_does_not_sign_in) {
    const SignedIn victim = sign_in(identity("victim", "victim@example.com"));
    const flow::FlowState sign_in_flow = world.federation.begin_sign_in("", victim.account.id);
    const flow::FlowState linking =
        run(world.federation.begin_linking(victim.session.record, world.facts)).value();

    const auto linked = run(world.federation.link(
        victim.session.record, sign_in_flow, identity("attacker", "attacker@example.net"), world.facts
    ));
    const auto signed_in = run(
        world.federation.sign_in(linking, identity("victim", "victim@example.com"), world.wish, world.facts)
    );

    EXPECT_EQ(linked.error().code, Errc::invalid);
    EXPECT_FALSE(signed_in);
    EXPECT_THAT(run(world.sessions.list(victim.account.id)).value(), SizeIs(1));
}

}  // namespace
}  // namespace cardea::account
