// SPDX-License-Identifier: Apache-2.0
// What somebody who is signed in may do, and what becomes of their sessions.
#include "cardea/account/service.h"
#include "cardea/audit/listing.h"
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::ElementsAre;
using testing::run;

std::optional<Errc> code_of(const auto& result) {
    return result ? std::nullopt : std::optional(result.error().code);
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
