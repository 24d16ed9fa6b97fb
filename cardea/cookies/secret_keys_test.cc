// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/secret_keys.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::cookies {
namespace {

constexpr std::string_view strong = "s3cr3t-key-for-test-vectors-0001";

TEST(SecretKeys, come_newest_first_from_the_lines_of_a_file) {
    const SecretKeys secrets = SecretKeys::parse("new one\r\n\n old \n").value();

    ASSERT_EQ(secrets.newest_first().size(), 2U);
    EXPECT_EQ(secrets.newest_first()[0].expose(), "new one");
    EXPECT_EQ(secrets.newest_first()[1].expose(), " old ");
}

TEST(SecretKeys, refuse_what_anybody_could_sign_with) {
    EXPECT_EQ(SecretKeys::make("").error().code, Errc::config);
    EXPECT_EQ(SecretKeys::parse("\n\n").error().code, Errc::config);
    EXPECT_EQ(SecretKeys::make(std::string(4097, 'x')).error().code, Errc::config);
    EXPECT_EQ(SecretKeys::parse("1\n2\n3\n4\n5\n6\n7\n8\n9\n").error().code, Errc::config);
}

TEST(SecretKeys, say_when_one_can_be_guessed) {
    EXPECT_FALSE(SecretKeys::make(strong).value().weakness());
    EXPECT_TRUE(SecretKeys::make("your-secret-key").value().weakness());
    EXPECT_TRUE(SecretKeys::make("changemechangemechangemechangeme").value().weakness());
    EXPECT_TRUE(SecretKeys::make("0101010101010100010101010101010101").value().weakness());
    EXPECT_TRUE(SecretKeys::parse(std::string(strong) + "\ndev").value().weakness());
}

}  // namespace
}  // namespace cardea::cookies
