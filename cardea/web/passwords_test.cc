// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/passwords.h"

#include "tests/support/run_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using testing::run;
using ::testing::StartsWith;

/// A hash as another program has left it.
std::string old_hash(std::string_view text) {
    SystemRandom random;
    const password::PasswordHasher hasher(
        {.schemes = {password::Scheme::pbkdf2_sha256}, .pbkdf2_iterations = 10'000}
    );
    return hasher.hash(password::Password::parse(text).value(), random).value();
}

TEST(Passwords, say_what_to_store_instead_of_a_hash_that_is_out_of_date) {
    Passwords passwords;
    const std::string old = old_hash("correct horse battery");

    const auto match = run(passwords.verify(SecretText("correct horse battery"), old));
    ASSERT_TRUE(match);
    EXPECT_THAT(match->better_hash, StartsWith("$argon2id$"));

    const auto again = run(passwords.verify(SecretText("correct horse battery"), match->better_hash));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->better_hash, "");
}

TEST(Passwords, never_fit_the_hash_of_nobody) {
    Passwords passwords;
    const std::string hash = passwords.hash_now("correct horse battery");

    EXPECT_TRUE(run(passwords.verify(SecretText("correct horse battery"), hash)));
    for (const char* wrong : {"", "incorrect horse battery"}) {
        EXPECT_EQ(run(passwords.verify(SecretText(wrong), hash)).error().code, Errc::credentials_wrong);
    }
    EXPECT_EQ(
        run(passwords.verify(SecretText("correct horse battery"), "")).error().code, Errc::credentials_wrong
    );
}

TEST(Passwords, answer_alike_whatever_was_stored) {
    Passwords passwords;
    SystemRandom random;
    const std::string bcrypt =
        password::PasswordHasher({.schemes = {password::Scheme::bcrypt}, .bcrypt_cost = 4})
            .hash(password::Password::parse("correct horse battery").value(), random)
            .value();
    const std::string with_nul("before\0after", 12);
    for (const std::string& stored :
         {std::string(), std::string("!no password"), std::string("$1$abc$def"), bcrypt}) {
        for (const std::string& wrong :
             {std::string("short"), std::string(73, 'x'), std::string(2000, 'x'), with_nul}) {
            const auto answer = run(passwords.verify(SecretText(wrong), stored));
            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().code, Errc::credentials_wrong) << stored << " " << wrong;
        }
    }
    EXPECT_TRUE(run(passwords.verify(SecretText("correct horse battery"), bcrypt)));
}

}  // namespace
}  // namespace cardea::web
