// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/hasher.h"

#include "cardea/base/hex.h"
#include "cardea/base/json.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

constexpr Argon2Cost cheap{.memory_kib = 64, .iterations = 1};

Password password(std::string_view text) {
    return Password::parse(text).value();
}

TEST(PasswordHasher, verifies_what_it_hashed) {
    FakeRandom random;
    const PasswordHasher hasher(cheap);
    const std::string phc = hasher.hash(password("correct horse"), random).value();

    EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    EXPECT_EQ(hasher.verify(password("correct horse"), phc).value(), Verified::up_to_date);
    EXPECT_EQ(hasher.verify(password("correct horsf"), phc).error().code, Errc::credentials_wrong);
    EXPECT_EQ(hasher.verify(password("Correct horse"), phc).error().code, Errc::credentials_wrong);
}

TEST(PasswordHasher, salts_every_hash) {
    FakeRandom random;
    const PasswordHasher hasher(cheap);

    const std::string one = hasher.hash(password("correct horse"), random).value();
    const std::string two = hasher.hash(password("correct horse"), random).value();

    EXPECT_NE(parse_argon2(one).value().salt, parse_argon2(two).value().salt);
    EXPECT_NE(parse_argon2(one).value().hash, parse_argon2(two).value().hash);
}

TEST(PasswordHasher, costs_the_owasp_minimum_by_default) {
    FakeRandom random;
    const PasswordHasher hasher;

    const std::string phc = hasher.hash(password("correct horse"), random).value();

    EXPECT_EQ(parse_argon2(phc).value().cost, (Argon2Cost{19456, 2, 1}));
    EXPECT_EQ(hasher.verify(password("correct horse"), phc).value(), Verified::up_to_date);
}

TEST(PasswordHasher, asvs5_11_4_2_asks_for_a_new_hash_when_the_cost_changed) {
    FakeRandom random;
    const std::string old = PasswordHasher(cheap).hash(password("correct horse"), random).value();
    const PasswordHasher today({.memory_kib = 128, .iterations = 1});

    EXPECT_EQ(today.verify(password("correct horse"), old).value(), Verified::needs_rehash);
    EXPECT_EQ(today.verify(password("wrong horse!"), old).error().code, Errc::credentials_wrong);
}

TEST(PasswordHasher, asvs5_6_2_8_looks_at_every_byte) {
    FakeRandom random;
    const PasswordHasher hasher(cheap);
    const std::string text(1024, 'x');
    const std::string phc = hasher.hash(password(text), random).value();

    EXPECT_FALSE(hasher.verify(password(text.substr(1)), phc));
    EXPECT_FALSE(hasher.verify(password(text.substr(1) + 'y'), phc));
    const std::string with_nul = hasher.hash(password(std::string_view("before\0after", 12)), random).value();
    EXPECT_FALSE(hasher.verify(password("before"), with_nul));
}

TEST(PasswordHasher, refuses_hashes_that_ask_for_too_much) {
    const PasswordHasher hasher(cheap);
    const std::string tail = "$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    EXPECT_EQ(
        hasher.verify(password("password"), "$argon2id$v=19$m=4194304,t=2,p=1" + tail).error().code,
        Errc::too_large
    );
    EXPECT_EQ(hasher.verify(password("password"), "").error().code, Errc::unsupported);
}

TEST(PasswordHasher, agrees_with_the_reference_implementation) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/argon2-phc.json");
    const Json json = parse_json(file).value();
    const PasswordHasher hasher;
    std::size_t checked = 0;

    for (const Json& one : json.find("hashtests")->items()) {
        const std::string_view phc = one.find_text("encoded").value();
        const Result<Argon2Hash> hash = parse_argon2(phc);
        if (!hash) {
            EXPECT_TRUE(
                one.find_text("type") != "argon2id" || one.find("version")->as_integer() != 19 ||
                one.find("m_kib")->as_integer() > max_argon2_cost.memory_kib
            );
            continue;
        }
        const std::string right(one.find_text("password").value());
        EXPECT_EQ(hex_encode(hash->hash), one.find_text("hash_hex"));
        EXPECT_EQ(hasher.verify(password(right), phc).value(), Verified::needs_rehash) << phc;
        EXPECT_FALSE(hasher.verify(password(right + "x"), phc)) << phc;
        ++checked;
    }

    EXPECT_GE(checked, 7U);
}

TEST(PasswordHasher, refuses_broken_encodings_of_the_reference_implementation) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/argon2-phc.json");
    const Json json = parse_json(file).value();
    const PasswordHasher hasher;

    for (const Json& one : json.find("encoding_errors")->items()) {
        EXPECT_FALSE(hasher.verify(password("password"), one.find_text("encoded").value()));
    }
}

TEST(PasswordCost, is_at_least_one_that_owasp_lists) {
    for (const Argon2Cost& strong :
         {Argon2Cost{}, {47104, 1}, {12288, 3}, {9216, 4}, {7168, 5}, {65536, 3}, {262144, 16}}) {
        EXPECT_TRUE(check_cost(strong)) << strong.memory_kib;
    }
    for (const Argon2Cost& weak :
         {Argon2Cost{19455, 2}, {19456, 1}, {7167, 16}, {0, 0}, {19456, 2, 2}, {262145, 2}, {19456, 17}}) {
        EXPECT_EQ(check_cost(weak).error().code, Errc::config) << weak.memory_kib;
    }
}

}  // namespace
}  // namespace cardea::password
