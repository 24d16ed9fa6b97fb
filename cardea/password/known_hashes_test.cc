// SPDX-License-Identifier: Apache-2.0
// Hashes that other programs made: whoever had them signs in here with the same password.
#include "cardea/base/hex.h"
#include "cardea/base/json.h"
#include "cardea/password/detail/forms.h"
#include "cardea/password/stored_hash.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>

namespace cardea::password {
namespace {

/// How many hashes came out in which way.
using Counts = std::map<std::string, int>;

void print(const char* what, const Counts& counts) {
    std::cout << what << '\n';
    for (const auto& [outcome, count] : counts) {
        std::cout << "  " << count << " " << outcome << '\n';
    }
}

std::string as_password(const Json& one) {
    return std::string(as_text(hex_decode(one.find_text("password_hex").value()).value()));
}

/// What becomes of a right password: "right", or the reason for refusing.
std::string outcome(std::string_view stored, std::string_view password) {
    const Result<detail::StoredHash> parsed = detail::parse_stored(stored);
    if (!parsed) {
        return parsed.error().code == Errc::unsupported ? parsed.error().context
                                                        : std::string(name(parsed.error().code));
    }
    const Result<bool> right = matches(parsed->hash, password);
    if (!right) {
        return std::string(name(right.error().code));
    }
    EXPECT_FALSE(matches(parsed->hash, std::string(password.substr(0, 70)) + "x").value()) << stored;
    return *right ? "right" : "wrong";
}

TEST(KnownHashes, of_passlib_are_verified_or_refused_by_name) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/passlib-1.7.4-known-hashes.json");
    const Json json = parse_json(file, {.bytes = file.size(), .values = 100'000}).value();
    Counts counts;
    int right = 0;

    for (const auto& [scheme, cases] : json.members()) {
        const Json* hashes = cases.find("known_correct");
        for (const Json& one : hashes == nullptr ? std::span<const Json>() : hashes->items()) {
            const std::string what = outcome(one.find_text("hash").value(), as_password(one));
            ++counts[std::string(scheme) + ": " + what];
            right += what == "right" ? 1 : 0;
        }
    }

    print("passlib, known correct:", counts);
    EXPECT_EQ(right, 108);
    EXPECT_EQ(counts["argon2: right"], 34);
    EXPECT_EQ(counts["bcrypt: right"], 28);
    EXPECT_EQ(counts["bcrypt: password_too_long"], 7);
    EXPECT_EQ(counts["bcrypt: password hash: $2$ is the first bcrypt, which nothing makes any more"], 5);
    EXPECT_EQ(counts["bcrypt_sha256: right"], 16);
    EXPECT_EQ(counts["scrypt: right"], 8);
    EXPECT_EQ(counts["pbkdf2_sha1: right"], 2);
    EXPECT_EQ(counts["pbkdf2_sha256: right"], 2);
    EXPECT_EQ(counts["pbkdf2_sha512: right"], 2);
    EXPECT_EQ(counts["django_argon2: right"], 3);
    EXPECT_EQ(counts["django_bcrypt: right"], 3);
    EXPECT_EQ(counts["django_bcrypt_sha256: right"], 6);
    EXPECT_EQ(counts["django_pbkdf2_sha1: right"], 2);
    EXPECT_EQ(counts["django_pbkdf2_sha256: right"], 2);
}

TEST(KnownHashes, of_passlib_that_are_broken_are_refused) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/passlib-1.7.4-known-hashes.json");
    const Json json = parse_json(file, {.bytes = file.size(), .values = 100'000}).value();
    Counts counts;

    for (const auto& [scheme, cases] : json.members()) {
        for (const std::string_view kind : {"malformed", "unidentified"}) {
            const Json* hashes = cases.find(kind);
            for (const Json& one : hashes == nullptr ? std::span<const Json>() : hashes->items()) {
                const Result<HashFacts> facts = identify(one.as_text().value());
                EXPECT_FALSE(facts) << one.as_text().value();
                ++counts[facts ? "accepted" : std::string(name(facts.error().code))];
            }
        }
    }

    print("passlib, malformed or unidentified:", counts);
    EXPECT_EQ(counts["malformed"] + counts["unsupported"] + counts["too_large"], 61);
}

TEST(KnownHashes, of_libxcrypt_bcrypt_are_verified) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/libxcrypt-4.4.33-bcrypt-ka.json");
    const Json json = parse_json(file, {.bytes = file.size(), .values = 100'000}).value();
    Counts counts;

    for (const char* table : {"bcrypt", "bcrypt_a", "bcrypt_y", "bcrypt_x"}) {
        for (const Json& one : json.find(table)->items()) {
            const std::string what = outcome(one.find_text("hash").value(), as_password(one));
            ++counts[std::string(table) + ": " + what.substr(0, what.find(" marks"))];
        }
    }

    print("libxcrypt, bcrypt:", counts);
    for (const std::string table : {"bcrypt", "bcrypt_a", "bcrypt_y"}) {
        EXPECT_EQ(counts[table + ": right"], 344);
        EXPECT_EQ(counts[table + ": password_too_long"], 24);
    }
    EXPECT_EQ(counts["bcrypt_x: password hash: $2x$"], 368);
}

TEST(KnownHashes, of_libxcrypt_that_are_too_fast_are_refused_by_name) {
    CARDEA_VECTORS_OR_SKIP(file, "password-hash/libxcrypt-4.4.33-legacy-ka.json");
    const Json json = parse_json(file, {.bytes = file.size(), .values = 100'000}).value();
    Counts counts;

    for (const char* table : {"sha256crypt", "sha512crypt", "md5crypt"}) {
        for (const Json& one : json.find(table)->items()) {
            const Result<HashFacts> facts = identify(one.find_text("hash").value());
            ++counts[facts ? "accepted" : facts.error().context];
        }
    }

    print("libxcrypt, others:", counts);
    EXPECT_EQ(counts["password hash: md5_crypt is not done here"], 120);
    EXPECT_EQ(counts["password hash: sha256_crypt is not done here"], 120);
    EXPECT_EQ(counts["password hash: sha512_crypt is not done here"], 120);
}

TEST(KnownHashes, of_the_guides_are_verified) {
    for (const auto& [stored, text] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"$2b$04$5BJqKfqMQvV7nS.yUguNcueVirQqDBGaLXSqj.rs.pZPlNR0UX/HK", "test"},
             {"$2b$12$n79VH.0Q2TMWmt3Oqt9uku821BMKXsdWkfyp5/oBLmcNCpTS9xlOa", "password123"},
             {"$bcrypt-sha256$v=2,t=2b,r=5$n79VH.0Q2TMWmt3Oqt9uku$d1sa3VmYlaJ4DUYf7ihwuk2/8qWoP3i",
              "password123"},
             {"$argon2id$v=19$m=65536,t=3,p=4$wagCPXjifgvUFBzq4hqe3w$CYaIb8sB+wtD+Vu/"
              "P4uod1+Qof8h+1g7bbDlBID48Rc",
              "secret"},
             {"$argon2id$v=19$m=65536,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$"
              "Pv38Z9mpgLGKJqs7h8D2sm34VumfVlVokrfxQ9V6/6A",
              "password123"},
         }) {
        EXPECT_EQ(outcome(stored, text), "right") << stored;
    }
}

}  // namespace
}  // namespace cardea::password
