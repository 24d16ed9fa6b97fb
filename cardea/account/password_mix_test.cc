// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/password_mix.h"

#include "cardea/password/stored_hash.h"
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using testing::run;

constexpr const char* bcrypt = "$2b$04$5BJqKfqMQvV7nS.yUguNcueVirQqDBGaLXSqj.rs.pZPlNR0UX/HK";  // "test"
constexpr const char* django =
    "pbkdf2_sha256$10000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=";

void add(AccountWorld& world, const std::string& email, const std::string& hash) {
    AccountRecord record;
    record.id = AccountId::make(world.random);
    record.email = record.email_key = email;
    record.password_hash = hash;
    ASSERT_TRUE(run(world.accounts.insert(record, {})));
}

TEST(PasswordMix, counts_schemes_and_costs) {
    AccountWorld world;
    world.person("anna@example.com");
    world.person("berta@example.com");
    add(world, "carl@example.com", bcrypt);
    add(world, "dora@example.com", django);
    add(world, "emil@example.com", "");
    add(world, "fritz@example.com", "$1$dOHYPKoP$tnxS1T8Q6VVn3kpV8cN6o.");

    const std::vector<password::HashShare> mix = run(read_password_mix(world.accounts)).value();

    const std::string usual =
        password::blank_of("$argon2id$v=19$m=8,t=1,p=1$" + std::string(22, 'A') + "$" + std::string(43, 'A'))
            .value();
    EXPECT_EQ(mix.size(), 3U);
    for (const password::HashShare& share : mix) {
        EXPECT_EQ(share.count, share.blank == usual ? 2U : 1U) << share.blank;
    }
}

TEST(PasswordMix, reads_two_thousand_accounts_and_no_more) {
    AccountWorld world;
    for (int i = 0; i < 2050; ++i) {
        add(world, std::to_string(i) + "@example.com", bcrypt);
    }

    const std::vector<password::HashShare> mix = run(read_password_mix(world.accounts)).value();

    ASSERT_EQ(mix.size(), 1U);
    EXPECT_EQ(mix.front().count, 2000U);
}

TEST(PasswordMix, makes_dummies_of_every_scheme) {
    AccountWorld world(
        {.passwords =
             {
                 .hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}},
                 .mix = {{password::blank_of(bcrypt).value(), 1}, {password::blank_of(django).value(), 1}},
                 .threads = 1,
             }}
    );
    int bcrypts = 0;

    for (int i = 0; i < 100; ++i) {
        const std::string dummy = world.passwords.dummy_hash("name" + std::to_string(i));
        bcrypts += password::identify(dummy)->scheme == password::Scheme::bcrypt ? 1 : 0;
    }

    EXPECT_GT(bcrypts, 25);
    EXPECT_LT(bcrypts, 75);
    EXPECT_EQ(world.refusal("nobody@example.com"), Errc::credentials_wrong);
}

TEST(SignIn, lets_people_in_whose_hash_another_system_made) {
    AccountWorld world;
    add(world, "carl@example.com", bcrypt);

    EXPECT_EQ(world.refusal("carl@example.com"), Errc::credentials_wrong);
    ASSERT_TRUE(world.sign_in("carl@example.com", "test"));

    const AccountRecord now = run(world.directory.find("carl@example.com")).value();
    EXPECT_TRUE(now.password_hash.starts_with("$argon2id$"));
    EXPECT_TRUE(world.sign_in("carl@example.com", "test"));
}

TEST(PasswordImport, adds_people_with_the_hash_they_bring) {
    AccountWorld world;
    Registration carl;
    carl.email = "carl@example.com";
    carl.password_hash = bcrypt;
    Registration dora;
    dora.email = "dora@example.com";
    dora.password_hash = "$1$dOHYPKoP$tnxS1T8Q6VVn3kpV8cN6o.";

    EXPECT_EQ(run(world.directory.add(std::move(carl), "operator"))->password_hash, bcrypt);
    EXPECT_EQ(run(world.directory.add(std::move(dora), "operator")).error().code, Errc::unsupported);
    EXPECT_TRUE(world.sign_in("carl@example.com", "test"));
    EXPECT_EQ(world.refusal("dora@example.com"), Errc::credentials_wrong);
}

TEST(PasswordImport, takes_no_hash_from_strangers) {
    AccountWorld world;
    Registration mallory = world.registration("mallory@example.com");
    mallory.password_hash = bcrypt;

    EXPECT_NE(world.register_as(std::move(mallory))->password_hash, bcrypt);
}

TEST(SignIn, refuses_a_hash_that_cannot_be_verified_like_a_wrong_password) {
    AccountWorld world;
    add(world, "carl@example.com", "$1$dOHYPKoP$tnxS1T8Q6VVn3kpV8cN6o.");

    const Result<SignedIn> tried = world.sign_in("carl@example.com", "password");

    ASSERT_FALSE(tried);
    EXPECT_EQ(tried.error().code, Errc::credentials_wrong);
    EXPECT_EQ(world.references.explain(tried.error().reference)->rule, audit::Rule::hash_unusable);
}

}  // namespace
}  // namespace cardea::account
