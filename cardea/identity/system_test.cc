// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/system.h"

#include "tests/support/federation_pages.h"

#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using testing::run;

class SystemTest : public FederationPagesTest {};

TEST_F(SystemTest, an_invitation_is_used_up_though_the_clock_was_ahead_for_a_while) {
    const std::string code = run(system_->directory().make_invitation({}, "operator")).value();
    ASSERT_TRUE(run(system_->directory().revoke_invitation(code, "operator")));

    clock_.advance(std::chrono::days(8));
    run(system_->maintain());
    clock_.advance(-std::chrono::days(8));

    const Result<> again = run(system_->directory().revoke_invitation(code, "operator"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, Errc::replayed);
}

}  // namespace
}  // namespace cardea::identity
