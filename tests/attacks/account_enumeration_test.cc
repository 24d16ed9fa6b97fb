// SPDX-License-Identifier: Apache-2.0
// Threat: a stranger asks who has an account here, by comparing how sign-ins are refused.
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

class Enumeration : public ::testing::Test {
 protected:
    Enumeration() {
        world.person("wrong@example.com");
        const AccountRecord disabled = world.person("disabled@example.com");
        EXPECT_TRUE(run(world.directory.disable(disabled.id, "operator")));
        Registration without_password = world.registration("passwordless@example.com");
        without_password.password = SecretText();
        EXPECT_TRUE(run(world.directory.add(std::move(without_password), "operator")));
        world.accounts.calls.clear();
    }

    AccountWorld world;
};

constexpr std::array<std::string_view, 4> names{
    "wrong@example.com", "unknown@example.com", "disabled@example.com", "passwordless@example.com"
};

TEST_F(Enumeration, asvs5_6_3_8_every_refused_sign_in_looks_alike) {
    for (const std::string_view name : names) {
        const bool is_right_password = name != "wrong@example.com";
        const auto tried =
            world.sign_in(name, is_right_password ? AccountWorld::good_password : "wrong password");
        ASSERT_FALSE(tried) << name;
        EXPECT_EQ(tried.error().code, Errc::credentials_wrong) << name;
        EXPECT_EQ(tried.error().retry_after.count(), 0) << name;
        EXPECT_EQ(tried.error().reference.size(), 19U) << name;
    }
}

TEST_F(Enumeration, asvs5_6_3_8_every_refused_sign_in_asks_the_store_the_same) {
    for (const std::string_view name : names) {
        world.accounts.calls.clear();
        EXPECT_EQ(world.refusal(name), Errc::credentials_wrong);
        EXPECT_THAT(world.accounts.calls, ElementsAre("find_by_email", "count_failed_attempt")) << name;
    }
}

TEST_F(Enumeration, asvs5_6_3_8_every_refused_sign_in_is_hashed_at_the_same_cost) {
    const std::string real = run(world.directory.find("wrong@example.com"))->password_hash;
    const std::string dummy = world.passwords.dummy_hash("unknown@example.com");

    EXPECT_EQ(
        dummy.substr(0, dummy.rfind('$', dummy.rfind('$') - 1)),
        real.substr(0, real.rfind('$', real.rfind('$') - 1))
    );
    EXPECT_EQ(dummy.size(), real.size());
}

TEST_F(Enumeration, every_refused_sign_in_writes_one_row) {
    for (const std::string_view name : names) {
        const std::size_t before = world.rows().size();
        EXPECT_EQ(world.refusal(name), Errc::credentials_wrong);
        EXPECT_EQ(world.rows().size(), before + 1) << name;
    }
}

TEST_F(Enumeration, a_password_typed_as_the_name_is_in_no_log) {
    EXPECT_EQ(world.refusal("My$ecretPassword"), Errc::credentials_wrong);

    EXPECT_THAT(world.rows().back().personal, Not(HasSubstr("ecretPassword")));
}

}  // namespace
}  // namespace cardea::account
