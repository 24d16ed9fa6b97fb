// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/service.h"

#include "cardea/audit/listing.h"
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using ::testing::StartsWith;
using testing::WorldOptions;

std::optional<Errc> code_of(const auto& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

Errc refusal_of(AccountWorld& world, Registration registration) {
    return world.register_as(std::move(registration)).error().code;
}

TEST(RegisterAccount, makes_an_account_that_can_sign_in_by_either_name) {
    AccountWorld world;

    const AccountRecord anna = world.person("Anna@B\u00fccher.example", "Anna_B");

    EXPECT_EQ(anna.email, "Anna@B\u00fccher.example");
    EXPECT_EQ(anna.email_key, "anna@xn--bcher-kva.example");
    EXPECT_EQ(anna.username_key, "anna_b");
    EXPECT_THAT(anna.password_hash, StartsWith("$argon2id$"));
    EXPECT_FALSE(anna.email_verified);
    EXPECT_EQ(world.sign_in("ANNA@b\u00fccher.example")->account.id, anna.id);
    EXPECT_EQ(world.sign_in("ANNA_B")->account.id, anna.id);
}

TEST(RegisterAccount, refuses_a_name_that_is_taken_in_any_spelling) {
    AccountWorld world;
    world.person("anna@example.com", "anna");

    EXPECT_EQ(refusal_of(world, world.registration("ANNA@Example.COM")), Errc::conflict);
    EXPECT_EQ(refusal_of(world, world.registration("other@example.com", "ANNA")), Errc::conflict);
}

TEST(RegisterAccount, refuses_names_and_passwords_that_are_none) {
    AccountWorld world;
    Registration short_password = world.registration("anna@example.com");
    short_password.password = SecretText("short");
    Registration own_name = world.registration("tangerine@example.com");
    own_name.password = SecretText("tangerine-tangerine");
    Registration no_password = world.registration("anna@example.com");
    no_password.password = SecretText();
    Registration bad_display_name = world.registration("anna@example.com");
    bad_display_name.name = "Anna\nB";

    EXPECT_EQ(refusal_of(world, world.registration("")), Errc::invalid);
    EXPECT_EQ(refusal_of(world, world.registration("a@b@example.com")), Errc::invalid);
    EXPECT_EQ(refusal_of(world, world.registration("", "p\u0430ypal")), Errc::invalid);
    EXPECT_EQ(refusal_of(world, std::move(bad_display_name)), Errc::invalid);
    EXPECT_EQ(refusal_of(world, std::move(short_password)), Errc::password_too_short);
    EXPECT_EQ(refusal_of(world, std::move(own_name)), Errc::password_blocked);
    EXPECT_EQ(refusal_of(world, std::move(no_password)), Errc::password_too_short);
}

TEST(RegisterAccount, that_fails_after_all_is_in_the_audit_log_too) {
    AccountWorld world;
    world.accounts.insert_fails_with = Errc::store_unavailable;

    EXPECT_EQ(refusal_of(world, world.registration("anna@example.com")), Errc::store_unavailable);

    ASSERT_EQ(world.rows().size(), 2U);
    EXPECT_EQ(world.rows()[0].outcome, "success");
    EXPECT_EQ(world.rows()[1].event, "account.registered");
    EXPECT_EQ(world.rows()[1].outcome, "store_unavailable");
}

TEST(RegisterAccount, refuses_everybody_when_closed) {
    AccountWorld world({.policy = {.registration = RegistrationMode::closed}});
    Registration invited = world.registration("anna@example.com");
    invited.invitation = run(world.directory.make_invitation({}, "operator")).value();

    const auto refusal = [&](Registration registration) {
        return world.register_as(std::move(registration)).error().context;
    };

    EXPECT_EQ(refusal(world.registration("anna@example.com")), "registration_closed");
    EXPECT_EQ(refusal(world.registration("no address@")), "registration_closed");
    EXPECT_EQ(refusal(std::move(invited)), "registration_closed");
}

TEST(SignIn, issues_a_session_that_says_who_it_is) {
    AccountWorld world;
    const AccountRecord anna = world.person("anna@example.com");

    const Result<SignedIn> signed_in = world.sign_in("anna@example.com");

    ASSERT_TRUE(signed_in);
    const auto live =
        run(world.sessions.authenticate({signed_in->session.token.hash(), session::Transport::cookie}));
    ASSERT_TRUE(live);
    EXPECT_EQ((*live)->record().amr, "pwd");
    EXPECT_EQ((*live)->record().client_address, "192.0.2.7");
    const auto* identity = dynamic_cast<const Identity*>(&(*live)->subject());
    ASSERT_NE(identity, nullptr);
    EXPECT_EQ(identity->id(), anna.id);
    EXPECT_EQ(identity->email(), "anna@example.com");
}

TEST(SignIn, and_its_end_say_in_the_audit_log_which_session_it_was) {
    AccountWorld world;
    world.person("anna@example.com");
    const SignedIn first = world.sign_in("anna@example.com").value();
    const SignedIn second = world.sign_in("anna@example.com").value();
    const session::SessionRecord& mine = first.session.record;
    ASSERT_TRUE(run(world.service.revoke_session(mine, second.session.record.id, world.facts)));
    ASSERT_TRUE(run(world.service.sign_out(mine, world.facts)));

    std::vector<std::string> told;
    for (const audit::AuditRecord& row : world.rows()) {
        if (row.event.starts_with("session.")) {
            told.push_back(row.event + " " + audit::personal_of(row).session);
        }
    }

    const std::string one = mine.id.to_string();
    const std::string other = second.session.record.id.to_string();
    EXPECT_THAT(
        told,
        ElementsAre(
            "session.issued " + one,
            "session.issued " + other,
            "session.revoked " + other,
            "session.ended " + one
        )
    );
    EXPECT_TRUE(run(world.audit.verify({})).value().is_whole());
}

TEST(SignIn, notes_the_session_that_ends_because_the_account_has_too_many) {
    AccountWorld world;
    const AccountRecord anna = world.person("anna@example.com");
    for (std::size_t i = 0; i < session::max_sessions_per_account; ++i) {
        world.clock.advance(std::chrono::seconds(1));
        ASSERT_TRUE(world.sign_in("anna@example.com"));
    }
    const std::size_t rows_before = world.rows().size();

    world.clock.advance(std::chrono::seconds(1));
    ASSERT_TRUE(world.sign_in("anna@example.com"));

    const std::vector<audit::AuditRecord> rows = world.rows();
    ASSERT_EQ(rows.size(), rows_before + 2);
    const audit::AuditRecord& row = rows[rows_before];
    EXPECT_EQ(row.event, "sessions.revoked");
    EXPECT_EQ(row.account, anna.id);
    EXPECT_THAT(row.personal, HasSubstr("session limit"));
}

TEST(SignIn, goes_where_the_flow_began) {
    AccountWorld world;
    world.person("anna@example.com");
    const flow::FlowState state = world.service.begin({.flow = flow::Flow::sign_in, .next = "/app"});
    Credentials credentials{"anna@example.com", SecretText(AccountWorld::good_password)};

    const auto signed_in = run(world.service.sign_in(std::move(credentials), {}, world.facts, state));

    EXPECT_EQ(signed_in->next, "/app");
}

TEST(SignIn, stores_a_stronger_hash_when_the_cost_has_risen) {
    AccountWorld world(
        {.passwords = {.hashing = {.argon2 = {.memory_kib = 16, .iterations = 2}}, .threads = 1}}
    );
    PasswordDesk old(
        {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1}, world.keyring, world.random
    );
    AccountRecord anna = world.person("anna@example.com");
    const std::string strong = anna.password_hash;
    anna.password_hash =
        run(old.hash(password::Password::parse(AccountWorld::good_password).value())).value();
    ASSERT_TRUE(run(world.accounts.update(anna, anna.version, {})));

    ASSERT_TRUE(world.sign_in("anna@example.com"));

    const AccountRecord now = run(world.directory.find("anna@example.com")).value();
    EXPECT_EQ(now.password_hash.substr(0, 28), strong.substr(0, 28));
    EXPECT_TRUE(world.sign_in("anna@example.com"));
}

TEST(SignIn, is_busy_when_the_pool_is_full_and_gives_the_try_back) {
    AccountWorld world(
        {.passwords =
             {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1, .queue_limit = 0}}
    );

    for (int i = 0; i < 20; ++i) {
        const Result<SignedIn> tried = world.sign_in("anna@example.com");
        ASSERT_FALSE(tried);
        EXPECT_EQ(tried.error().code, Errc::busy);
        EXPECT_GT(tried.error().retry_after.count(), 0);
    }
}

TEST(SignIn, leaves_no_session_when_the_password_changes_at_the_same_moment) {
    AccountWorld world;
    const AccountRecord anna = world.person("anna@example.com");
    world.accounts.before_find = [&] {
        world.clock.advance(std::chrono::seconds(1));
        ASSERT_TRUE(
            run(world.directory.set_password(anna.id, SecretText("another good passphrase"), "operator"))
        );
    };

    EXPECT_EQ(world.refusal("anna@example.com", AccountWorld::good_password), Errc::credentials_wrong);
    EXPECT_TRUE(run(world.sessions.list(anna.id))->empty());
}

TEST(SignIn, is_not_refused_as_somebody_unknown_because_the_store_fails) {
    AccountWorld world;
    const AccountRecord anna = world.person("anna@example.com");

    for (const Errc failure : {Errc::store_unavailable, Errc::busy}) {
        world.accounts.find_fails_with = failure;
        EXPECT_EQ(world.refusal("anna@example.com", AccountWorld::good_password), failure);
    }

    EXPECT_TRUE(run(world.sessions.list(anna.id))->empty());
}

TEST(SignIn, refusal_carries_a_reference_that_the_operator_can_look_up) {
    AccountWorld world;

    ::testing::internal::CaptureStderr();
    const Result<SignedIn> tried = world.sign_in("nobody@example.com");
    const std::string logged = ::testing::internal::GetCapturedStderr();

    ASSERT_FALSE(tried);
    EXPECT_THAT(logged, HasSubstr("account.refused reference=" + tried.error().reference));
    EXPECT_THAT(logged, Not(HasSubstr("nobody@example.com")));
    const Result<audit::Refusal> why = world.references.explain(tried.error().reference);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->rule, audit::Rule::unknown_name);
    EXPECT_EQ(world.rows().back().reference, tried.error().reference);
}

class SignedInPerson : public ::testing::Test {
 protected:
    std::optional<Errc> change(std::string_view current, std::string_view replacement) {
        PasswordChange change{SecretText(current), SecretText(replacement)};
        auto token = run(world.service.change_password(mine.session.record, std::move(change), world.facts));
        if (token && *token) {
            mine.session.token = std::move(**token);
        }
        return code_of(token);
    }

    void end_all_but(const SignedIn& kept) {
        ASSERT_TRUE(run(world.sessions.revoke_others(name_of(kept.session.record))));
    }

    AccountWorld world;
    AccountRecord anna = world.person("anna@example.com");
    SignedIn mine = world.sign_in("anna@example.com").value();
    SignedIn other = world.sign_in("anna@example.com").value();
};

TEST_F(SignedInPerson, a_password_change_that_is_cut_short_leaves_no_other_session) {
    bool looked = false;
    world.accounts.before_update = [&] {  // a crash right after the update would leave what is seen here
        looked = true;
        EXPECT_FALSE(world.is_live(other));
        EXPECT_TRUE(world.is_live(mine));
    };

    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), std::nullopt);
    EXPECT_TRUE(looked);
}

TEST_F(SignedInPerson, a_password_never_changes_without_a_row_in_the_audit_log) {
    std::vector<audit::AuditRecord> rows_before;
    world.accounts.before_update = [&] {  // nor if the server is killed right after the update
        rows_before = run(world.stores.audit.read(1, 100)).value();
    };

    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), std::nullopt);

    ASSERT_FALSE(rows_before.empty());
    EXPECT_EQ(rows_before.back().event, "password.changed");
    EXPECT_EQ(rows_before.back().outcome, "success");
}

TEST_F(SignedInPerson, a_password_change_that_fails_after_all_is_in_the_audit_log_too) {
    AccountRecord meanwhile = anna;
    world.accounts.before_update = [&] {
        EXPECT_TRUE(run(world.stores.accounts.update(meanwhile, meanwhile.version, {})));
    };

    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), Errc::conflict);

    EXPECT_EQ(world.rows().back().event, "password.changed");
    EXPECT_EQ(world.rows().back().outcome, "conflict");
}

TEST_F(SignedInPerson, a_password_change_by_a_session_that_is_ended_meanwhile_ends_no_other) {
    world.accounts.before_find = [&] { end_all_but(other); };

    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), Errc::unauthenticated);

    EXPECT_TRUE(world.is_live(other));
    EXPECT_TRUE(world.sign_in("anna@example.com"));
    const std::vector<audit::AuditRecord> rows = world.rows();
    EXPECT_EQ(rows[rows.size() - 2].event, "password.changed");
    EXPECT_EQ(rows[rows.size() - 2].outcome, "unauthenticated");
}

TEST_F(SignedInPerson, a_password_that_was_changed_is_no_failure_because_the_token_changes_meanwhile) {
    std::optional<session::SessionToken> rotated;
    world.accounts.before_update = [&] {
        rotated = run(world.sessions.rotate(mine.session.token.hash())).value();
    };

    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), std::nullopt);

    EXPECT_TRUE(world.is_live(*rotated));
    EXPECT_FALSE(world.is_live(mine));
    EXPECT_TRUE(world.sign_in("anna@example.com", "another good passphrase"));
}

TEST_F(SignedInPerson, asvs5_6_2_3_changing_the_password_needs_the_current_one) {
    EXPECT_EQ(change("wrong password", "another good passphrase"), Errc::credentials_wrong);
    EXPECT_TRUE(world.sign_in("anna@example.com"));
}

TEST_F(SignedInPerson, changing_the_password_ends_the_other_sessions_and_renews_this_one) {
    const session::TokenHash before = mine.session.token.hash();

    ASSERT_EQ(change(AccountWorld::good_password, "another good passphrase"), std::nullopt);

    EXPECT_NE(mine.session.token.hash(), before);
    EXPECT_TRUE(world.is_live(mine));
    EXPECT_FALSE(world.is_live(other));
    EXPECT_FALSE(run(world.sessions.authenticate({before, session::Transport::cookie})));
    EXPECT_EQ(world.refusal("anna@example.com", AccountWorld::good_password), Errc::credentials_wrong);
    EXPECT_TRUE(world.sign_in("anna@example.com", "another good passphrase"));
}

TEST_F(SignedInPerson, a_new_password_obeys_the_policy) {
    EXPECT_EQ(change(AccountWorld::good_password, "short"), Errc::password_too_short);
    EXPECT_TRUE(world.is_live(other));
}

TEST_F(SignedInPerson, ending_the_other_sessions_asks_for_the_password_when_the_sign_in_is_old) {
    world.clock.advance(std::chrono::minutes(11));
    EXPECT_EQ(
        code_of(run(world.service.revoke_other_sessions(mine.session.record, world.facts))),
        Errc::step_up_required
    );

    const SecretText password(AccountWorld::good_password);
    Result<session::IssuedSession> fresh =
        run(world.service.confirm_password(mine.session.record, password.clone(), world.facts));
    ASSERT_TRUE(fresh);
    EXPECT_FALSE(world.is_live(mine));
    EXPECT_EQ(run(world.service.revoke_other_sessions(fresh->record, world.facts)).value(), 1U);
    EXPECT_TRUE(world.is_live(fresh->token));
    EXPECT_FALSE(world.is_live(other));
}

TEST_F(SignedInPerson, a_sign_in_of_the_future_is_not_a_recent_one) {
    EXPECT_FALSE(world.service.needs_step_up(mine.session.record));
    world.clock.advance(-std::chrono::minutes(1));  // clocks are set, by a little
    EXPECT_FALSE(world.service.needs_step_up(mine.session.record));

    world.clock.advance(-std::chrono::minutes(10));

    EXPECT_TRUE(world.service.needs_step_up(mine.session.record));
}

TEST_F(SignedInPerson, confirming_with_a_wrong_password_changes_nothing) {
    auto fresh = run(world.service.confirm_password(mine.session.record, SecretText("wrong"), world.facts));

    EXPECT_EQ(code_of(fresh), Errc::credentials_wrong);
    EXPECT_TRUE(world.is_live(mine));
}

TEST_F(SignedInPerson, confirming_by_a_session_that_is_ended_meanwhile_begins_none) {
    world.accounts.before_find = [&] { end_all_but(other); };

    auto fresh = run(world.service.confirm_password(
        mine.session.record, SecretText(AccountWorld::good_password), world.facts
    ));

    EXPECT_EQ(code_of(fresh), Errc::unauthenticated);
    EXPECT_EQ(run(world.sessions.list(anna.id))->size(), 1U);
    EXPECT_TRUE(world.is_live(other));
    EXPECT_EQ(world.rows().back().event, "password.confirmed");
    EXPECT_EQ(world.rows().back().outcome, "unauthenticated");
}

TEST_F(SignedInPerson, signing_in_over_a_session_that_ended_begins_one) {
    world.wish.replaces = name_of(mine.session.record);
    end_all_but(other);

    const Result<SignedIn> again = world.sign_in("anna@example.com");

    ASSERT_TRUE(again);
    EXPECT_TRUE(world.is_live(*again));
}

TEST_F(SignedInPerson, ends_one_session_of_their_own_and_of_nobody_else) {
    world.person("ben@example.com");
    const SignedIn ben = world.sign_in("ben@example.com").value();

    EXPECT_EQ(
        code_of(run(world.service.revoke_session(mine.session.record, ben.session.record.id, world.facts))),
        Errc::not_found
    );
    EXPECT_TRUE(run(world.service.revoke_session(mine.session.record, other.session.record.id, world.facts)));
    EXPECT_TRUE(world.is_live(ben));
    EXPECT_FALSE(world.is_live(other));
}

TEST_F(SignedInPerson, asvs5_7_4_1_signing_out_ends_the_session) {
    ASSERT_TRUE(run(world.service.sign_out(mine.session.record, world.facts)));
    ASSERT_TRUE(run(world.service.sign_out(mine.session.record, world.facts)));

    EXPECT_FALSE(world.is_live(mine));
    EXPECT_TRUE(world.is_live(other));
}

TEST_F(SignedInPerson, signing_out_ends_the_session_though_its_token_changes_meanwhile) {
    const auto rotated = run(world.sessions.rotate(mine.session.token.hash()));
    ASSERT_TRUE(rotated);

    ASSERT_TRUE(run(world.service.sign_out(mine.session.record, world.facts)));

    EXPECT_FALSE(world.is_live(*rotated));
    EXPECT_TRUE(world.is_live(other));
}

TEST_F(SignedInPerson, everything_is_in_the_audit_log) {
    EXPECT_EQ(world.refusal("anna@example.com"), Errc::credentials_wrong);
    EXPECT_EQ(change(AccountWorld::good_password, "another good passphrase"), std::nullopt);
    ASSERT_TRUE(run(world.service.sign_out(mine.session.record, world.facts)));

    const std::vector<audit::AuditRecord> rows = world.rows();
    std::vector<std::string> events;
    for (const audit::AuditRecord& row : rows) {
        EXPECT_EQ(row.account, anna.id);
        events.push_back(row.event + " " + row.outcome);
    }
    EXPECT_THAT(
        events,
        ElementsAre(
            "account.registered success",
            "session.issued success",
            "session.issued success",
            "session.issued credentials_wrong",
            "password.changed success",
            "session.ended success"
        )
    );
    EXPECT_EQ(run(world.audit.verify({}))->first_break, std::nullopt);
}

}  // namespace
}  // namespace cardea::account
