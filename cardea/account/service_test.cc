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

}  // namespace
}  // namespace cardea::account
