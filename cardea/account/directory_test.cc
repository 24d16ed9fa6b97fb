// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/directory.h"

#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

class Directory : public ::testing::Test {
 protected:
    std::optional<Errc> code_of(const auto& result) {
        return result ? std::nullopt : std::optional(result.error().code);
    }

    AccountWorld world;
    AccountRecord anna = world.person("anna@example.com", "anna");
};

TEST_F(Directory, adds_whatever_the_registration_mode_and_without_a_password_too) {
    AccountWorld closed({.policy = {.registration = RegistrationMode::closed}});
    Registration registration = closed.registration("ben@example.com");
    registration.password = SecretText();

    ASSERT_TRUE(run(closed.directory.add(std::move(registration), "operator")));

    EXPECT_EQ(closed.refusal("ben@example.com", ""), Errc::credentials_wrong);
    EXPECT_THAT(closed.rows().front().personal, HasSubstr(R"("actor":"operator")"));
}

TEST_F(Directory, finds_by_id_address_and_user_name) {
    for (const std::string& text :
         {anna.id.to_string(), std::string("ANNA@example.com"), std::string("Anna")}) {
        EXPECT_EQ(run(world.directory.find(text))->id, anna.id) << text;
    }
    for (const char* text : {"", "nobody", "nobody@example.com", "a@b@c", "00000000000000000000000000"}) {
        EXPECT_EQ(code_of(run(world.directory.find(text))), Errc::not_found) << text;
    }
}

TEST_F(Directory, asvs5_7_4_2_disabling_ends_every_session_and_lets_nobody_in) {
    const SignedIn signed_in = world.sign_in("anna").value();
    ASSERT_TRUE(world.is_live(signed_in));

    ASSERT_TRUE(run(world.directory.disable(anna.id, "operator")));

    EXPECT_FALSE(world.is_live(signed_in));
    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);
    ASSERT_TRUE(run(world.directory.enable(anna.id, "operator")));
    EXPECT_FALSE(world.is_live(signed_in));
    EXPECT_TRUE(world.sign_in("anna"));
}

TEST_F(Directory, a_session_row_that_survives_its_disabled_account_opens_nothing) {
    const SignedIn signed_in = world.sign_in("anna").value();
    AccountRecord disabled = run(world.directory.find("anna")).value();
    disabled.status = Status::disabled;
    ASSERT_TRUE(run(world.accounts.update(disabled, disabled.version, {}))
    );  // as if the rest had not been done

    EXPECT_FALSE(world.is_live(signed_in));
}

TEST_F(Directory, asvs5_7_4_2_removing_ends_every_session_and_erases_personal_data) {
    const SignedIn signed_in = world.sign_in("anna").value();
    ASSERT_TRUE(world.is_live(signed_in));

    ASSERT_TRUE(run(world.directory.remove(anna.id, "operator")));

    EXPECT_FALSE(world.is_live(signed_in));
    EXPECT_EQ(code_of(run(world.directory.find("anna"))), Errc::not_found);
    EXPECT_EQ(code_of(run(world.directory.remove(anna.id, "operator"))), Errc::not_found);
    for (const audit::AuditRecord& row : world.rows()) {
        EXPECT_THAT(row.personal, Not(HasSubstr("192.0.2.7")));
    }
    EXPECT_EQ(run(world.audit.verify({}))->first_break, std::nullopt);
    EXPECT_TRUE(world.register_as(world.registration("anna@example.com")));
}

TEST_F(Directory, a_new_password_ends_every_session_and_forgets_failures) {
    const SignedIn signed_in = world.sign_in("anna").value();
    world.fail_sign_ins("anna", 100);
    world.clock.advance(std::chrono::minutes(15));
    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);

    ASSERT_TRUE(run(world.directory.set_password(anna.id, SecretText("another good passphrase"), "operator"))
    );

    EXPECT_FALSE(world.is_live(signed_in));
    EXPECT_TRUE(world.sign_in("anna", "another good passphrase"));
}

TEST_F(Directory, a_new_password_that_is_cut_short_leaves_no_session) {
    const SignedIn signed_in = world.sign_in("anna").value();
    bool looked = false;
    world.accounts.before_update = [&] {  // a crash right after the update would leave what is seen here
        looked = true;
        EXPECT_FALSE(world.is_live(signed_in));
    };

    ASSERT_TRUE(run(world.directory.set_password(anna.id, SecretText("another good passphrase"), "operator"))
    );

    EXPECT_TRUE(looked);
}

TEST_F(Directory, a_new_password_obeys_the_policy) {
    EXPECT_EQ(
        code_of(run(world.directory.set_password(anna.id, SecretText("short"), "operator"))),
        Errc::password_too_short
    );
    EXPECT_TRUE(world.sign_in("anna"));
}

TEST_F(Directory, does_nothing_to_accounts_that_are_not_there) {
    const AccountId nobody;

    EXPECT_EQ(code_of(run(world.directory.disable(nobody, "operator"))), Errc::not_found);
    EXPECT_EQ(code_of(run(world.directory.enable(nobody, "operator"))), Errc::not_found);
    EXPECT_EQ(
        code_of(run(world.directory.set_password(nobody, SecretText("a good passphrase"), "operator"))),
        Errc::not_found
    );
}

TEST_F(Directory, refuses_an_invitation_for_what_is_no_address) {
    Invitation invitation{.email = "no address", .lifetime = {}};

    EXPECT_EQ(
        code_of(run(world.directory.make_invitation(std::move(invitation), "operator"))), Errc::invalid
    );
}

}  // namespace
}  // namespace cardea::account
