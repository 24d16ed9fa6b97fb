// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/itsdangerous.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;

constexpr std::string_view secret = "s3cr3t-key-for-test-vectors-0001";
constexpr std::string_view signed_value = "value.ZVPxAA.Cp5a4-xQjlTuJfjhywO3NxbLXy4";

SecretKeys one_secret() {
    return SecretKeys::make(secret).value();
}

SecretKeys rotated() {
    const std::array<std::string_view, 1> older{"old-key"};
    return SecretKeys::make("new-key", older).value();
}

TEST(ItsdangerousSigner, refuses_what_has_no_signature) {
    const ItsdangerousSigner signer(one_secret());

    EXPECT_EQ(signer.unsign("").error().code, Errc::malformed);
    EXPECT_EQ(signer.unsign("value").error().code, Errc::malformed);
    EXPECT_EQ(signer.unsign(".").error().code, Errc::signature_invalid);
    EXPECT_EQ(signer.unsign("value.").error().code, Errc::signature_invalid);
}

TEST(ItsdangerousSigner, reads_one_spelling_of_a_signature) {
    const ItsdangerousSigner signer(one_secret());
    const std::string text = signer.sign("my string");
    ASSERT_EQ(text, "my string.OotKMDbMjG48hvcMaSTk_6m9lik");

    EXPECT_EQ(signer.unsign(text).value(), "my string");
    for (const char* last : {"l", "m", "n", "k=", "k.", " k"}) {
        EXPECT_FALSE(signer.unsign(text.substr(0, text.size() - 1) + last)) << last;
    }
    EXPECT_FALSE(signer.unsign("my string.OotKMDbMjG48hvcMaSTk/6m9lik"));
}

TEST(ItsdangerousSigner, keeps_any_bytes_and_any_separators) {
    const ItsdangerousSigner signer(one_secret());
    const std::string value("a.b\0.\xff", 6);

    EXPECT_EQ(signer.unsign(signer.sign(value)).value(), value);
}

TEST(ItsdangerousSigner, is_bound_to_salt_derivation_and_digest) {
    const std::string text = ItsdangerousSigner(one_secret()).sign("v");
    const SignerOptions others[] = {
        {.salt = "another"},
        {.key_derivation = KeyDerivation::none},
        {.key_derivation = KeyDerivation::hmac},
        {.key_derivation = KeyDerivation::concat},
        {.digest = crypto::HashAlgorithm::sha256},
        {.separator = Separator::colon},
    };
    for (const SignerOptions& options : others) {
        EXPECT_FALSE(ItsdangerousSigner(one_secret(), options).unsign(text));
    }
}

TEST(ItsdangerousSigner, signs_with_the_newest_and_verifies_with_all) {
    const ItsdangerousSigner signer(rotated());
    const std::string by_old = ItsdangerousSigner(SecretKeys::make("old-key").value()).sign("v");
    const std::string by_new = ItsdangerousSigner(SecretKeys::make("new-key").value()).sign("v");

    EXPECT_EQ(signer.sign("v"), by_new);
    EXPECT_TRUE(signer.unsign(by_old));
    EXPECT_TRUE(signer.unsign(by_new));
    EXPECT_FALSE(ItsdangerousSigner(SecretKeys::make("new-key").value()).unsign(by_old));
}

TEST(TimestampSigner, is_good_to_the_last_second_of_its_age) {
    const TimestampSigner signer(one_secret());

    EXPECT_EQ(signer.sign("value", now), signed_value);
    EXPECT_EQ(signer.unsign(signed_value, now, seconds(0))->value, "value");
    EXPECT_EQ(signer.unsign(signed_value, now + seconds(60), seconds(60))->signed_at, now);
    EXPECT_TRUE(signer.unsign(signed_value, now + Duration(60'999), seconds(60)));
    EXPECT_EQ(signer.unsign(signed_value, now + seconds(61), seconds(60)).error().code, Errc::expired);
}

TEST(TimestampSigner, refuses_the_future_where_it_looks_at_the_time) {
    const TimestampSigner signer(one_secret());

    EXPECT_EQ(signer.unsign(signed_value, now - seconds(1), seconds(60)).error().code, Errc::expired);
    EXPECT_TRUE(signer.unsign(signed_value, now - seconds(1), std::nullopt));
    EXPECT_TRUE(signer.unsign(signed_value, now + std::chrono::years(50), std::nullopt));
}

TEST(TimestampSigner, refuses_other_times_and_values) {
    const TimestampSigner signer(one_secret());

    for (const char* text :
         {"valuf.ZVPxAA.Cp5a4-xQjlTuJfjhywO3NxbLXy4",
          "value.ZVPxAQ.Cp5a4-xQjlTuJfjhywO3NxbLXy4",
          "value.ZVPxAA.Cp5a4-xQjlTuJfjhywO3NxbLXyA",
          "value.Cp5a4-xQjlTuJfjhywO3NxbLXy4"}) {
        EXPECT_EQ(signer.unsign(text, now, seconds(60)).error().code, Errc::signature_invalid) << text;
    }
    // Its own signature, and yet no time.
    const ItsdangerousSigner bare(one_secret());
    for (const char* value : {"value", "value.!", "value.AAAAAAE", "value.f________w", "value._____w8"}) {
        EXPECT_EQ(signer.unsign(bare.sign(value), now, {}).error().code, Errc::malformed) << value;
    }
}

TEST(TimestampSigner, counts_a_time_before_1970_as_1970) {
    const TimestampSigner signer(one_secret());
    const std::string text = signer.sign("v", Time(seconds(-5)));

    EXPECT_EQ(text, signer.sign("v", Time()));
    EXPECT_TRUE(text.starts_with("v.."));
    EXPECT_EQ(signer.unsign(text, Time(), seconds(0))->signed_at, Time());
}

}  // namespace
}  // namespace cardea::cookies
