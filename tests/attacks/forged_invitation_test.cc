// SPDX-License-Identifier: Apache-2.0
// Threat: registration needs an invitation, and a stranger passes off as one what the server gives to anybody
// who asks: the cookie of a page's form.
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using flow::Carrier;
using flow::Flow;
using testing::AccountWorld;
using testing::run;
using testing::WorldOptions;

class ForgedInvitation : public ::testing::Test {
 protected:
    std::optional<Errc> use(const std::string& code, std::optional<flow::FlowState> form = std::nullopt) {
        Registration registration = world.registration("mallory@example.com");
        registration.invitation = code;
        const auto made =
            run(world.service.register_account(std::move(registration), world.facts, std::move(form)));
        return made ? std::nullopt : std::optional(made.error().code);
    }

    AccountWorld world{WorldOptions{.policy = {.registration = RegistrationMode::by_invitation}}};
};

TEST_F(ForgedInvitation, the_cookie_of_a_form_is_no_invitation) {
    for (const Flow kind : {Flow::registration, Flow::invited_registration, Flow::sign_in}) {
        const flow::FlowState form = world.service.begin({.flow = kind});
        EXPECT_EQ(use(world.flows.seal(form, Carrier::cookie)), Errc::forbidden) << name(kind);
    }
}

TEST_F(ForgedInvitation, a_form_that_was_begun_does_not_stand_for_an_invitation) {
    for (const Flow kind : {Flow::registration, Flow::invited_registration}) {
        EXPECT_EQ(use("", world.service.begin({.flow = kind})), Errc::forbidden) << name(kind);
    }
}

TEST_F(ForgedInvitation, an_invitation_with_the_cookie_of_a_form_beside_it_is_good) {
    const std::string code = run(world.directory.make_invitation({}, "operator")).value();
    EXPECT_EQ(use(code, world.service.begin({.flow = Flow::registration})), std::nullopt);
}

}  // namespace
}  // namespace cardea::account
