// SPDX-License-Identifier: Apache-2.0
// What the algorithms compute, against the vectors of their RFCs, of the Argon2 reference and of Wycheproof.
#include "cardea/base/hex.h"
#include "cardea/base/json.h"
#include "cardea/password/detail/argon2.h"
#include "cardea/password/detail/pbkdf2.h"
#include "cardea/password/detail/scrypt.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <iostream>

namespace cardea::password::detail {
namespace {

std::uint32_t number(const Json& json, std::string_view name) {
    return static_cast<std::uint32_t>(json.find(name)->as_integer().value());
}

Bytes bytes(const Json& json, std::string_view name) {
    return hex_decode(json.find_text(name).value()).value();
}

std::string pbkdf2(Scheme scheme, ByteView password, Bytes salt, std::uint32_t iterations, std::size_t size) {
    Pbkdf2Hash hash{
        .scheme = scheme, .iterations = iterations, .salt = std::move(salt), .digest = Bytes(size)
    };
    EXPECT_TRUE(compute(hash, as_text(password)));
    return hex_encode(hash.digest);
}

TEST(ReferenceVectors, argon2_strings_of_the_reference_implementation) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/argon2-phc.json");
    const Json json = parse_json(file).value();
    int right = 0;
    int too_large = 0;

    for (const Json& one : json.find("hashtests")->items()) {
        const std::string_view phc = one.find_text("encoded").value();
        const Result<Argon2Hash> hash = parse_argon2(phc);
        if (!hash) {
            EXPECT_GT(number(one, "m_kib"), max_argon2_cost.memory_kib) << phc;
            ++too_large;
            continue;
        }
        const std::string password(one.find_text("password").value());
        EXPECT_EQ(hex_encode(hash->digest), one.find_text("hash_hex"));
        EXPECT_EQ(to_phc(*hash), phc);
        EXPECT_TRUE(matches(*hash, password).value()) << phc;
        EXPECT_FALSE(matches(*hash, password + "x").value()) << phc;
        ++right;
    }

    std::cout << right << " Argon2 strings right, " << too_large << " refused because they ask for 1 GiB\n";
    EXPECT_EQ(right, 24);
    EXPECT_EQ(too_large, 2);
}

TEST(ReferenceVectors, argon2_strings_that_are_broken) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/argon2-phc.json");
    const Json json = parse_json(file).value();
    int refused = 0;

    for (const Json& one : json.find("encoding_errors")->items()) {
        const Result<Argon2Hash> hash = parse_argon2(one.find_text("encoded").value());
        refused += !hash || !matches(*hash, "password").value() ? 1 : 0;
    }

    EXPECT_EQ(refused, 4);
}

TEST(ReferenceVectors, rfc9106_section_5_with_secret_and_associated_data) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/argon2-phc.json");
    const Json json = parse_json(file).value();
    int right = 0;

    for (const Json& one : json.find("rfc9106_kats")->items()) {
        Argon2Hash hash{
            .scheme = find_scheme(one.find_text("type").value()).value(),
            .version = number(one, "version"),
            .cost = {number(one, "m_kib"), number(one, "t"), number(one, "p")},
            .salt = bytes(one, "salt_hex"),
            .digest = Bytes(number(one, "taglen")),
        };
        const Bytes password = bytes(one, "password_hex");
        const Bytes secret = bytes(one, "secret_hex");
        const Bytes data = bytes(one, "ad_hex");
        ASSERT_TRUE(compute_by_reference(hash, {as_text(password), secret, data}));
        EXPECT_EQ(hex_encode(hash.digest), one.find_text("tag_hex"));
        ++right;
    }

    EXPECT_EQ(right, 6);
}

TEST(ReferenceVectors, argon2_by_libsodium_and_by_the_reference_are_the_same) {
    Argon2Hash fast{.cost = {256, 3, 1}, .salt = Bytes(16, 7), .digest = Bytes(32)};
    Argon2Hash slow = fast;

    ASSERT_TRUE(compute(fast, "correct horse"));
    ASSERT_TRUE(compute_by_reference(slow, {.password = "correct horse"}));

    EXPECT_EQ(fast, slow);
}

TEST(ReferenceVectors, rfc6070_and_rfc7914_section_11_pbkdf2) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/rfc6070_rfc7914.json");
    const Json json = parse_json(file).value();
    int right = 0;

    for (const auto& [table, scheme] : std::initializer_list<std::pair<const char*, Scheme>>{
             {"pbkdf2_sha1_rfc6070", Scheme::pbkdf2_sha1}, {"pbkdf2_sha256_rfc7914_11", Scheme::pbkdf2_sha256}
         }) {
        for (const Json& one : json.find(table)->items()) {
            const std::string made = pbkdf2(
                scheme,
                bytes(one, "password_hex"),
                bytes(one, "salt_hex"),
                number(one, "c"),
                number(one, "dkLen")
            );
            EXPECT_EQ(made, one.find_text("dk"));
            ++right;
        }
    }

    EXPECT_EQ(right, 7);
}

TEST(ReferenceVectors, rfc7914_section_12_scrypt) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/rfc6070_rfc7914.json");
    const Json json = parse_json(file).value();
    int right = 0;
    int too_large = 0;

    for (const Json& one : json.find("scrypt_rfc7914_12")->items()) {
        const auto log_n = static_cast<std::uint32_t>(std::countr_zero(number(one, "N")));
        ScryptHash hash{{log_n, number(one, "r"), number(one, "p")}, bytes(one, "salt_hex"), Bytes(64)};
        if (!is_within_limits(hash.cost)) {
            ++too_large;
            continue;
        }
        const Bytes password = bytes(one, "password_hex");
        ASSERT_TRUE(compute(hash, as_text(password)));
        EXPECT_EQ(hex_encode(hash.digest), one.find_text("dk"));
        ++right;
    }

    EXPECT_EQ(right, 3);
    EXPECT_EQ(too_large, 1);  // 1 GiB
}

/// PBKDF2 cases of Wycheproof; those beyond our limit on iterations are computed all the same.
std::size_t check_wycheproof(const std::string& file, Scheme scheme) {
    return testing::for_each_wycheproof_case(file, [scheme](const testing::WycheproofCase& one) {
        const std::string made = pbkdf2(
            scheme,
            one.hex("password"),
            one.hex("salt"),
            number(one.test, "iterationCount"),
            number(one.test, "dkLen")
        );
        EXPECT_TRUE(one.is_valid());
        EXPECT_EQ(made, one.test.find_text("dk"));
    });
}

TEST(ReferenceVectors, wycheproof_pbkdf2) {
    CARDEA_VECTORS_OR_SKIP(sha1, "wycheproof/pbkdf2_hmacsha1_test.json");
    CARDEA_VECTORS_OR_SKIP(sha256, "wycheproof/pbkdf2_hmacsha256_test.json");

    EXPECT_EQ(check_wycheproof(sha1, Scheme::pbkdf2_sha1), 64U);
    EXPECT_EQ(check_wycheproof(sha256, Scheme::pbkdf2_sha256), 60U);
}

}  // namespace
}  // namespace cardea::password::detail
