// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/dummy.h"

#include "cardea/password/hasher.h"

#include <gtest/gtest.h>

#include <map>

namespace cardea::password {
namespace {

crypto::Keyring keyring(std::string_view secret = "4bfb6f1c6d4b1ed0f4f5a9fd37d2d2f1c1a0f2a1b3d57a09") {
    return crypto::Keyring::parse(secret).value();
}

TEST(DummyHashes, cost_the_usual_without_a_database) {
    const DummyHashes dummies(keyring(), {});

    EXPECT_EQ(parse_argon2(dummies.for_name("ada")).value().cost, Argon2Cost());
}

TEST(DummyHashes, fit_no_password) {
    const DummyHashes dummies(keyring(), {}, {.memory_kib = 64, .iterations = 1});
    const PasswordHasher hasher;

    const Result<Verified> verified =
        hasher.verify(Password::parse("correct horse").value(), dummies.for_name("ada"));

    EXPECT_EQ(verified.error().code, Errc::credentials_wrong);
}

TEST(DummyHashes, follow_the_mix_of_the_database) {
    const DummyHashes dummies(keyring(), {{{19456, 2}, 900}, {{7168, 5}, 0}, {{47104, 1}, 100}});
    std::map<std::uint32_t, int> seen;

    for (int i = 0; i < 10'000; ++i) {
        ++seen[parse_argon2(dummies.for_name("name" + std::to_string(i))).value().cost.memory_kib];
    }

    EXPECT_EQ(seen.size(), 2U);
    EXPECT_NEAR(seen[47104], 1000, 150);
}

TEST(DummyHashes, are_the_same_for_a_name_and_unknown_without_the_key) {
    const std::vector<CostShare> mix{{{19456, 2}, 1}, {{7168, 5}, 1}};
    const DummyHashes one(keyring(), mix);
    const DummyHashes same(keyring(), mix);
    const DummyHashes other(keyring("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM"), mix);
    int different = 0;

    for (int i = 0; i < 100; ++i) {
        const std::string name = "name" + std::to_string(i);
        EXPECT_EQ(one.for_name(name), same.for_name(name));
        different += one.for_name(name) != other.for_name(name) ? 1 : 0;
    }

    EXPECT_GT(different, 20);
}

}  // namespace
}  // namespace cardea::password
