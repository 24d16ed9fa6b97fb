// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/argon2.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

constexpr std::string_view good =
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

std::string with(std::string_view part, std::string_view other) {
    std::string phc(good);
    return phc.replace(phc.find(part), part.size(), other);
}

Errc refusal(const std::string& phc) {
    const Result<Argon2Hash> hash = parse_argon2(phc);
    EXPECT_FALSE(hash) << phc;
    return hash ? Errc::internal : hash.error().code;
}

TEST(Argon2, reads_a_phc_string) {
    const Argon2Hash hash = parse_argon2(good).value();

    EXPECT_EQ(hash.cost, (Argon2Cost{65536, 2, 1}));
    EXPECT_EQ(as_text(hash.salt), "somesalt");
    EXPECT_EQ(hash.hash.size(), 32U);
    EXPECT_EQ(to_phc(hash), good);
}

TEST(Argon2, refuses_other_schemes) {
    EXPECT_EQ(refusal(""), Errc::unsupported);
    EXPECT_EQ(refusal(with("argon2id", "argon2i")), Errc::unsupported);
    EXPECT_EQ(refusal(with("argon2id", "argon2d")), Errc::unsupported);
    EXPECT_EQ(refusal(with("v=19", "v=16")), Errc::unsupported);
    EXPECT_EQ(refusal(with("v=19$", "")), Errc::unsupported);
    EXPECT_EQ(refusal("$2b$12$abcdefghijklmnopqrstuu"), Errc::unsupported);
}

TEST(Argon2, refuses_costs_beyond_the_limits) {
    EXPECT_EQ(refusal(with("m=65536", "m=262145")), Errc::too_large);
    EXPECT_EQ(refusal(with("m=65536", "m=4294967295")), Errc::too_large);
    EXPECT_EQ(refusal(with("t=2", "t=17")), Errc::too_large);
    EXPECT_EQ(refusal(with("p=1", "p=17")), Errc::too_large);
}

TEST(Argon2, refuses_every_other_spelling) {
    for (const std::string& wrong :
         {with("m=65536", "m=4294967296"),
          with("m=65536", "m=065536"),
          with("m=65536", "m=+65536"),
          with("m=65536", "m= 65536"),
          with("m=65536", "m=-1"),
          with("m=65536", "m="),
          with("m=65536", "m=7"),
          with("m=65536,t=2", "t=2,m=65536"),
          with("t=2", "t=0"),
          with("p=1", "p=0"),
          with("p=1", "p=1,keyid=AA"),
          with(",t=2", ""),
          with("p=1$c29tZXNhbHQ", "p=1c29tZXNhbHQ"),
          with("c29tZXNhbHQ", ""),
          with("c29tZXNhbHQ", "c29tZQ"),
          with("c29tZXNhbHQ", "c29tZXNhbHQ="),
          with("c29tZXNhbHQ$", "c29tZXNhbHQ"),
          with("GRPPc", "GRPPd"),
          with("GRPPc", "GRPPc$"),
          with("GRPPc", "GRPPc\n"),
          with("GRPPc", ""),
          with("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", ""),
          with("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", std::string(88, 'A')),
          with("c29tZXNhbHQ", std::string(88, 'A'))}) {
        EXPECT_EQ(refusal(wrong), Errc::malformed);
    }
}

TEST(Argon2, refuses_every_beginning_of_a_hash) {
    // 16 bytes of hash are enough, so only a cut that leaves stray bits or less than that shows.
    for (std::size_t size = 0; size < good.size() - 22; ++size) {
        EXPECT_FALSE(parse_argon2(good.substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace cardea::password
