// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/password_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using password::PasswordPolicy;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(PasswordRules, say_before_what_the_policy_asks_for) {
    EXPECT_THAT(password_hint(PasswordPolicy()), StartsWith("At least 12 characters."));
    EXPECT_THAT(password_hint(PasswordPolicy()), Not(HasSubstr("upper case")));
    EXPECT_THAT(password_hint(PasswordPolicy::nist()), StartsWith("At least 15 characters."));
    EXPECT_THAT(password_hint(PasswordPolicy::four_classes()), HasSubstr("upper case, lower case, a digit"));
}

TEST(PasswordRules, say_after_what_was_missing) {
    EXPECT_EQ(
        password_refusal(Errc::password_too_short, PasswordPolicy::nist()),
        "Please use at least 15 characters."
    );
    EXPECT_THAT(password_refusal(Errc::password_too_simple, PasswordPolicy()), HasSubstr("a digit"));
    EXPECT_THAT(password_refusal(Errc::password_blocked, PasswordPolicy()), HasSubstr("harder to guess"));
}

}  // namespace
}  // namespace cardea::identity
