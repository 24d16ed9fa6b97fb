// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/shared_secret.h"

#include <gtest/gtest.h>

namespace cardea::otp {
namespace {

using crypto::HashAlgorithm;

TEST(SharedSecret, is_as_long_as_the_digest_of_its_algorithm) {
    FakeRandom random;

    EXPECT_EQ(SharedSecret::make(random).expose().size(), 20U);
    EXPECT_EQ(SharedSecret::make(random, HashAlgorithm::sha256).expose().size(), 32U);
    EXPECT_EQ(SharedSecret::make(random, HashAlgorithm::sha512).expose().size(), 64U);
    EXPECT_TRUE(SharedSecret::make(random).is_safe());
}

TEST(SharedSecret, is_written_in_capitals_and_read_back) {
    const SharedSecret secret = SharedSecret::from_bytes(as_bytes("12345678901234567890")).value();
    EXPECT_EQ(secret.text().expose(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    const auto strict = SharedSecret::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    const auto lenient =
        SharedSecret::parse("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", Base32Reading::lenient);

    EXPECT_EQ(as_text(strict->expose()), "12345678901234567890");
    EXPECT_EQ(as_text(lenient->expose()), "12345678901234567890");
    EXPECT_EQ(SharedSecret::parse("gezdgnbv").error().code, Errc::malformed);
}

TEST(SharedSecret, from_elsewhere_is_bounded) {
    EXPECT_EQ(SharedSecret::from_bytes({}).error().code, Errc::invalid);
    EXPECT_TRUE(SharedSecret::from_bytes(Bytes(128)));
    EXPECT_EQ(SharedSecret::from_bytes(Bytes(129)).error().code, Errc::invalid);
    EXPECT_EQ(SharedSecret::parse("").error().code, Errc::invalid);
    EXPECT_EQ(SharedSecret::parse(std::string(100'000, 'A')).error().code, Errc::invalid);
}

TEST(SharedSecret, that_is_short_works_but_is_not_safe) {
    EXPECT_FALSE(SharedSecret::parse("ABCDEFGH")->is_safe());
    EXPECT_FALSE(SharedSecret::from_bytes(Bytes(15))->is_safe());
    EXPECT_TRUE(SharedSecret::from_bytes(Bytes(16))->is_safe());
}

}  // namespace
}  // namespace cardea::otp
