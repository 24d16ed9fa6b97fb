// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/hasher.h"

#include "cardea/password/stored_hash.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

const HasherOptions cheap{
    .argon2 = {.memory_kib = 64, .iterations = 1},
    .scrypt = {.log_n = 4, .block_size = 8, .parallelization = 1},
    .bcrypt_cost = 4,
    .pbkdf2_iterations = 1000,
};

HasherOptions with(std::vector<Scheme> schemes) {
    HasherOptions options = cheap;
    options.schemes = std::move(schemes);
    return options;
}

HasherOptions peppered() {
    HasherOptions options = cheap;
    options.pepper = true;
    return options;
}

crypto::Keyring keyring(std::string_view secrets) {
    return crypto::Keyring::parse(secrets).value();
}
constexpr std::string_view old_secret = "4bfb6f1c6d4b1ed0f4f5a9fd37d2d2f1c1a0f2a1b3d57a09";
constexpr std::string_view both_secrets =
    "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwMQ2ccE4 4bfb6f1c6d4b1ed0f4f5a9fd37d2d2f1c1a0f2a1b3d57a09";
constexpr std::string_view new_secret = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwMQ2ccE4";

Password password(std::string_view text) {
    return Password::parse(text).value();
}

class PasswordHasherTest : public ::testing::Test {
 protected:
    std::string hash(const PasswordHasher& hasher, std::string_view text = "correct horse") {
        return hasher.hash(password(text), random_).value();
    }
    /// The better hash, empty when the old one is good.
    std::string better(
        const PasswordHasher& hasher, std::string_view stored, std::string_view text = "correct horse"
    ) {
        const Result<PasswordMatch> match = hasher.verify(password(text), stored, random_);
        EXPECT_TRUE(match) << stored;
        return match ? match->better_hash : "wrong";
    }
    Errc refusal(
        const PasswordHasher& hasher, std::string_view stored, std::string_view text = "correct horse"
    ) {
        const Result<PasswordMatch> match = hasher.verify(password(text), stored, random_);
        EXPECT_FALSE(match) << stored;
        return match ? Errc::internal : match.error().code;
    }

    FakeRandom random_;
};

TEST_F(PasswordHasherTest, verifies_what_it_hashed) {
    const PasswordHasher hasher(cheap);
    const std::string stored = hash(hasher);

    EXPECT_TRUE(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << stored;
    EXPECT_EQ(better(hasher, stored), "");
    EXPECT_EQ(refusal(hasher, stored, "correct horsf"), Errc::credentials_wrong);
    EXPECT_EQ(refusal(hasher, stored, "Correct horse"), Errc::credentials_wrong);
}

TEST_F(PasswordHasherTest, hashes_with_every_scheme_that_is_for_new_hashes) {
    for (const auto& [scheme, beginning] : std::initializer_list<std::pair<Scheme, std::string_view>>{
             {Scheme::argon2id, "$argon2id$v=19$m=64,t=1,p=1$"},
             {Scheme::bcrypt, "$2b$04$"},
             {Scheme::bcrypt_sha256, "$bcrypt-sha256$v=2,t=2b,r=4$"},
             {Scheme::scrypt, "$scrypt$ln=4,r=8,p=1$"},
             {Scheme::pbkdf2_sha256, "$pbkdf2-sha256$1000$"},
             {Scheme::pbkdf2_sha512, "$pbkdf2-sha512$1000$"},
         }) {
        const PasswordHasher hasher(with({scheme}));
        const std::string stored = hash(hasher);

        EXPECT_TRUE(is_for_new_hashes(scheme));
        EXPECT_TRUE(stored.starts_with(beginning)) << stored;
        EXPECT_EQ(identify(stored)->scheme, scheme);
        EXPECT_EQ(better(hasher, stored), "");
        EXPECT_EQ(refusal(hasher, stored, "another horse"), Errc::credentials_wrong);
    }
}

TEST_F(PasswordHasherTest, salts_every_hash) {
    for (const Scheme scheme : all_schemes) {
        if (is_for_new_hashes(scheme)) {
            const PasswordHasher hasher(with({scheme}));
            EXPECT_NE(hash(hasher), hash(hasher)) << name(scheme);
        }
    }
}

TEST_F(PasswordHasherTest, costs_the_owasp_minimum_by_default) {
    const PasswordHasher hasher;
    const std::string stored = hash(hasher);

    EXPECT_EQ(identify(stored)->cost, "m=19456,t=2,p=1");
    EXPECT_EQ(better(hasher, stored), "");
}

TEST_F(PasswordHasherTest, makes_hashes_of_several_lanes) {
    HasherOptions wide = cheap;
    wide.argon2.lanes = 4;
    const PasswordHasher hasher(wide);
    const std::string stored = hash(hasher);

    EXPECT_EQ(identify(stored)->cost, "m=64,t=1,p=4");
    EXPECT_EQ(better(hasher, stored), "");
    EXPECT_EQ(refusal(hasher, stored, "another horse"), Errc::credentials_wrong);
}

TEST_F(PasswordHasherTest, asvs5_11_4_2_hands_out_a_better_hash_when_the_cost_changed) {
    const std::string old = hash(PasswordHasher(cheap));
    HasherOptions options = cheap;
    options.argon2.memory_kib = 128;
    const PasswordHasher today(options);

    const std::string made = better(today, old);

    EXPECT_EQ(identify(made)->cost, "m=128,t=1,p=1");
    EXPECT_EQ(better(today, made), "");
    EXPECT_EQ(refusal(today, old, "wrong horse"), Errc::credentials_wrong);
    EXPECT_TRUE(today.needs_rehash(old));
    EXPECT_FALSE(today.needs_rehash(made));
}

TEST_F(PasswordHasherTest, hands_out_a_better_hash_for_every_other_scheme) {
    const PasswordHasher today(cheap);

    for (const Scheme scheme : all_schemes) {
        if (scheme != Scheme::argon2id && is_for_new_hashes(scheme)) {
            const std::string old = hash(PasswordHasher(with({scheme})));
            EXPECT_TRUE(better(today, old).starts_with("$argon2id$")) << old;
        }
    }
}

TEST_F(PasswordHasherTest, refuses_schemes_that_it_was_not_given) {
    const std::string bcrypt = hash(PasswordHasher(with({Scheme::bcrypt})));
    const PasswordHasher strict(with({Scheme::argon2id, Scheme::scrypt}));

    EXPECT_EQ(refusal(strict, bcrypt), Errc::unsupported);
    EXPECT_EQ(strict.accepts(bcrypt).error().code, Errc::unsupported);
    EXPECT_TRUE(PasswordHasher(cheap).accepts(bcrypt));
}

TEST_F(PasswordHasherTest, asvs5_6_2_8_looks_at_every_byte) {
    const PasswordHasher hasher(cheap);
    const std::string text(1024, 'x');
    const std::string stored = hash(hasher, text);

    EXPECT_EQ(refusal(hasher, stored, text.substr(1)), Errc::credentials_wrong);
    EXPECT_EQ(refusal(hasher, stored, text.substr(1) + 'y'), Errc::credentials_wrong);
    EXPECT_EQ(
        refusal(hasher, hash(hasher, std::string_view("before\0after", 12)), "before"),
        Errc::credentials_wrong
    );
}

TEST_F(PasswordHasherTest, says_what_bcrypt_would_cut_off) {
    const PasswordHasher hasher(with({Scheme::bcrypt}));
    const std::string longest(72, 'x');
    const std::string stored = hash(hasher, longest);

    EXPECT_EQ(better(hasher, stored, longest), "");
    EXPECT_EQ(refusal(hasher, stored, longest + 'x'), Errc::password_too_long);
    EXPECT_EQ(refusal(hasher, stored, std::string_view("before\0after", 12)), Errc::invalid);
    EXPECT_EQ(hasher.hash(password(longest + 'x'), random_).error().code, Errc::password_too_long);
    EXPECT_EQ(hasher.hash(password(std::string_view("a\0b", 3)), random_).error().code, Errc::invalid);
    const PasswordHasher long_hasher(with({Scheme::bcrypt_sha256}));
    EXPECT_EQ(better(long_hasher, hash(long_hasher, longest + 'x'), longest + 'x'), "");
}

TEST_F(PasswordHasherTest, peppers_every_scheme) {
    for (const Scheme scheme : all_schemes) {
        if (!is_for_new_hashes(scheme)) {
            continue;
        }
        HasherOptions options = with({scheme});
        options.pepper = true;
        const PasswordHasher hasher(options, PepperKeys(keyring(old_secret)));
        const std::string long_text = "long enough to be cut by bcrypt " + std::string(100, 'x');
        const std::string stored = hash(hasher, long_text);

        EXPECT_TRUE(stored.starts_with("$pepper$k=" + keyring(old_secret).newest() + "$")) << stored;
        EXPECT_EQ(better(hasher, stored, long_text), "");
        EXPECT_EQ(refusal(hasher, stored, long_text + "x"), Errc::credentials_wrong);
    }
}

TEST_F(PasswordHasherTest, needs_the_key_of_a_pepper) {
    const std::string stored = hash(PasswordHasher(peppered(), PepperKeys(keyring(old_secret))));

    EXPECT_EQ(refusal(PasswordHasher(cheap), stored), Errc::config);
    EXPECT_EQ(refusal(PasswordHasher(peppered(), PepperKeys(keyring(new_secret))), stored), Errc::config);
    // The hash alone, as a thief of the database would try it.
    EXPECT_EQ(refusal(PasswordHasher(cheap), split_pepper(stored)->hash), Errc::credentials_wrong);
}

TEST_F(PasswordHasherTest, moves_hashes_to_the_newest_pepper) {
    const std::string plain = hash(PasswordHasher(cheap));
    const std::string old = hash(PasswordHasher(peppered(), PepperKeys(keyring(old_secret))));
    const PasswordHasher today(peppered(), PepperKeys(keyring(both_secrets)));

    for (const std::string& stored : {plain, old}) {
        const std::string made = better(today, stored);
        EXPECT_EQ(identify(made)->pepper_key, keyring(new_secret).newest());
        EXPECT_EQ(better(PasswordHasher(peppered(), PepperKeys(keyring(new_secret))), made), "");
    }
}

TEST_F(PasswordHasherTest, takes_the_pepper_away_again) {
    const std::string stored = hash(PasswordHasher(peppered(), PepperKeys(keyring(old_secret))));
    const PasswordHasher today(cheap, PepperKeys(keyring(old_secret)));

    EXPECT_TRUE(better(today, stored).starts_with("$argon2id$"));
}

TEST_F(PasswordHasherTest, refuses_hashes_that_ask_for_too_much) {
    const PasswordHasher hasher(cheap);

    EXPECT_EQ(
        refusal(
            hasher, "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        ),
        Errc::too_large
    );
    EXPECT_EQ(refusal(hasher, ""), Errc::unsupported);
}

}  // namespace
}  // namespace cardea::password
