// SPDX-License-Identifier: Apache-2.0
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using testing::run;
using testing::WorldOptions;

std::optional<Errc> code_of(const auto& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

class Invited : public ::testing::Test {
 protected:
    std::string invite(std::string email = {}, Duration lifetime = {}) {
        Invitation invitation{std::move(email), lifetime};
        return run(world.directory.make_invitation(std::move(invitation), "operator")).value();
    }
    std::optional<Errc> use(const std::string& code, std::string_view email) {
        Registration registration = world.registration(email);
        registration.invitation = code;
        return code_of(world.register_as(std::move(registration)));
    }

    AccountWorld world{WorldOptions{.policy = {.registration = RegistrationMode::by_invitation}}};
};

TEST_F(Invited, registers_with_the_code_once) {
    const std::string code = invite();

    EXPECT_EQ(use("", "anna@example.com"), Errc::forbidden);
    EXPECT_EQ(use("nonsense", "anna@example.com"), Errc::forbidden);
    EXPECT_EQ(use(code, "anna@example.com"), std::nullopt);
    EXPECT_EQ(use(code, "ben@example.com"), Errc::replayed);
    EXPECT_THAT(world.rows(), Contains(Field(&audit::AuditRecord::event, "invitation.used")).Times(1));
}

TEST_F(Invited, an_invitation_for_an_address_is_for_that_address) {
    const std::string code = invite("Anna@Example.com");

    EXPECT_EQ(use(code, "ben@example.com"), Errc::forbidden);
    EXPECT_EQ(use(code, "anna@example.com"), std::nullopt);
}

TEST_F(Invited, an_invitation_ends) {
    const std::string code = invite({}, std::chrono::hours(1));
    world.clock.advance(std::chrono::hours(1));

    EXPECT_EQ(use(code, "anna@example.com"), Errc::forbidden);
}

TEST_F(Invited, a_name_that_is_taken_at_the_last_moment_does_not_use_the_invitation_up) {
    const std::string code = invite();
    world.accounts.before_insert = [&] { EXPECT_EQ(use(invite(), "anna@example.com"), std::nullopt); };

    EXPECT_EQ(use(code, "anna@example.com"), Errc::conflict);
    EXPECT_EQ(use(code, "ben@example.com"), std::nullopt);
    EXPECT_EQ(use(code, "eve@example.com"), Errc::replayed);
}

TEST_F(Invited, a_taken_name_does_not_use_the_invitation_up) {
    const std::string code = invite();
    ASSERT_EQ(use(invite(), "anna@example.com"), std::nullopt);

    EXPECT_EQ(use(code, "anna@example.com"), Errc::conflict);
    EXPECT_EQ(use(code, "ben@example.com"), std::nullopt);
}

TEST_F(Invited, an_invitation_that_was_revoked_is_good_for_nobody) {
    const std::string code = invite("anna@example.com");

    ASSERT_TRUE(run(world.directory.revoke_invitation(code, "operator")));

    EXPECT_EQ(use(code, "anna@example.com"), Errc::replayed);
    const std::vector<audit::AuditRecord> rows = world.rows();
    const auto row = std::ranges::find(rows, "invitation.revoked", &audit::AuditRecord::event);
    ASSERT_NE(row, rows.end());
    EXPECT_EQ(row->outcome, "success");
    EXPECT_THAT(
        row->personal, AllOf(HasSubstr(R"("subject":"anna@example.com")"), HasSubstr(R"("actor":"operator")"))
    );
    EXPECT_EQ(use(invite(), "anna@example.com"), std::nullopt);
}

TEST_F(Invited, an_invitation_that_is_no_longer_good_is_not_revoked) {
    const auto revoke = [&](std::string code) {
        return code_of(run(world.directory.revoke_invitation(std::move(code), "operator")));
    };
    const std::string used = invite();
    ASSERT_EQ(use(used, "anna@example.com"), std::nullopt);
    const std::string old = invite({}, std::chrono::hours(1));
    world.clock.advance(std::chrono::hours(1));
    const flow::FlowState form = world.service.begin({.flow = flow::Flow::invited_registration});

    EXPECT_EQ(revoke(used), Errc::replayed);
    EXPECT_EQ(world.rows().back().outcome, "replayed");
    EXPECT_EQ(revoke(old), Errc::expired);
    EXPECT_EQ(revoke("nonsense"), Errc::not_found);
    EXPECT_EQ(revoke(world.flows.seal(form, flow::Carrier::cookie)), Errc::not_found);
    EXPECT_TRUE(world.sign_in("anna@example.com"));
}

TEST_F(Invited, a_revocation_ends_a_registration_under_way) {
    const std::string code = invite();
    world.accounts.before_insert = [&] {
        EXPECT_TRUE(run(world.directory.revoke_invitation(code, "operator")));
    };

    EXPECT_EQ(use(code, "anna@example.com"), Errc::replayed);
    EXPECT_EQ(world.refusal("anna@example.com", AccountWorld::good_password), Errc::credentials_wrong);
}

}  // namespace
}  // namespace cardea::account
