// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace cardea::web {
namespace {

using ::testing::HasSubstr;

constexpr const char* newer = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM";
constexpr const char* older = "8Jw0pQe4tKxLmC2vNs6RyZ1hUfDgA3bE";

TEST(Secrets, are_taken_from_the_environment_newest_first) {
    ::setenv("CARDEA_TEST_NEW", newer, 1);
    ::setenv("CARDEA_TEST_OLD", older, 1);

    const Secrets secrets{env("CARDEA_TEST_NEW"), env("CARDEA_TEST_OLD")};
    const crypto::Keyring keyring = secrets.keyring().value();

    EXPECT_EQ(keyring.size(), 2U);
    EXPECT_EQ(keyring.newest(), crypto::Keyring::parse(newer).value().newest());
}

TEST(Secrets, that_are_not_set_are_named_with_the_cure) {
    ::unsetenv("CARDEA_TEST_ABSENT");

    const Result<crypto::Keyring> keyring = Secrets(env("CARDEA_TEST_ABSENT")).keyring();

    EXPECT_EQ(keyring.error().code, Errc::config);
    EXPECT_THAT(keyring.error().context, HasSubstr("CARDEA_TEST_ABSENT is not set"));
    EXPECT_THAT(keyring.error().context, HasSubstr("export CARDEA_TEST_ABSENT="));
}

TEST(Secrets, that_are_short_guessable_or_absent_are_refused) {
    EXPECT_FALSE(Secrets(SecretText("short")).keyring());
    EXPECT_FALSE(Secrets(SecretText(std::string(64, 'a'))).keyring());
    EXPECT_FALSE(Secrets().keyring());
}

}  // namespace
}  // namespace cardea::web
