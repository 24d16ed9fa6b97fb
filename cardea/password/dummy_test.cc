// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/dummy.h"

#include "cardea/password/hasher.h"
#include "cardea/password/stored_hash.h"

#include <gtest/gtest.h>

#include <map>

namespace cardea::password {
namespace {

const HasherOptions cheap{.argon2 = {.memory_kib = 64, .iterations = 1}};
const std::string usual = PasswordHasher(cheap).blank();
const std::string bcrypt = blank_of("$2b$12$n79VH.0Q2TMWmt3Oqt9uku821BMKXsdWkfyp5/oBLmcNCpTS9xlOa").value();
const std::string django =
    blank_of("pbkdf2_sha256$600000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=").value();

crypto::Keyring keyring(std::string_view secret = "4bfb6f1c6d4b1ed0f4f5a9fd37d2d2f1c1a0f2a1b3d57a09") {
    return crypto::Keyring::parse(secret).value();
}

std::string name_of(int number) {
    return "name" + std::to_string(number);
}

TEST(DummyHashes, cost_the_usual_without_a_database) {
    EXPECT_EQ(DummyHashes(keyring(), {}, usual).for_name("ada"), usual);
    EXPECT_EQ(DummyHashes(keyring(), {{bcrypt, 0}}, usual).for_name("ada"), usual);
}

TEST(DummyHashes, fit_no_password) {
    FakeRandom random;
    const PasswordHasher hasher(cheap);
    const Password password = Password::parse("correct horse").value();
    const std::string cheap_bcrypt =
        blank_of("$2b$04$5BJqKfqMQvV7nS.yUguNcueVirQqDBGaLXSqj.rs.pZPlNR0UX/HK").value();
    const std::string cheap_django =
        blank_of("pbkdf2_sha256$1000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=").value();

    for (const std::string& blank : {usual, cheap_bcrypt, cheap_django}) {
        const DummyHashes dummies(keyring(), {{blank, 1}}, usual);
        EXPECT_EQ(
            hasher.verify(password, dummies.for_name("ada"), random).error().code, Errc::credentials_wrong
        );
    }
}

TEST(DummyHashes, follow_the_mix_of_the_database) {
    const DummyHashes dummies(keyring(), {{usual, 600}, {bcrypt, 300}, {django, 100}}, usual);
    std::map<std::string_view, int> seen;

    for (int i = 0; i < 10'000; ++i) {
        ++seen[dummies.for_name(name_of(i))];
    }

    EXPECT_EQ(seen.size(), 3U);
    EXPECT_NEAR(seen[bcrypt], 3000, 200);
    EXPECT_NEAR(seen[django], 1000, 150);
}

TEST(DummyHashes, are_the_same_for_a_name_and_unknown_without_the_key) {
    const std::vector<HashShare> mix{{usual, 1}, {bcrypt, 1}};
    const DummyHashes one(keyring(), mix, usual);
    const DummyHashes same(keyring(), mix, usual);
    const DummyHashes other(keyring("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM"), mix, usual);
    int different = 0;

    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(one.for_name(name_of(i)), same.for_name(name_of(i)));
        different += one.for_name(name_of(i)) != other.for_name(name_of(i)) ? 1 : 0;
    }

    EXPECT_GT(different, 20);
}

// A name whose scheme went back, or changed while nothing did, would be one that nobody has.
TEST(DummyHashes, only_move_to_the_usual_as_hashes_are_made_anew) {
    const DummyHashes before(keyring(), {{usual, 100}, {bcrypt, 900}}, usual);
    const DummyHashes after(keyring(), {{bcrypt, 503}, {usual, 502}}, usual);
    int moved = 0;

    for (int i = 0; i < 1000; ++i) {
        if (before.for_name(name_of(i)) == usual) {
            EXPECT_EQ(after.for_name(name_of(i)), usual);
        }
        moved += before.for_name(name_of(i)) != after.for_name(name_of(i)) ? 1 : 0;
    }

    EXPECT_NEAR(moved, 400, 60);
}

}  // namespace
}  // namespace cardea::password
