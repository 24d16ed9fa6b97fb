// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/signed_value.h"

#include "cardea/base/base64url.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;

constexpr std::string_view old_secret = "nD3Vn0sLr9T1qkq0mQxW8uZyB2cE5fGh";
constexpr std::string_view new_secret = "pX7Rk2vM4wQ9zL1bN6cJ8dF3gH5tY0sA";
crypto::Keyring keyring(std::string_view secrets = old_secret) {
    return crypto::Keyring::parse(secrets).value();
}

crypto::Keyring rotated() {
    return keyring(std::string(new_secret) + "\n" + std::string(old_secret));
}

TEST(SignedValues, come_back_with_their_end_and_key) {
    const SignedValues carts(keyring(), "cart");

    const std::string text = carts.sign("three apples", now + seconds(60)).value();
    const VerifiedValue value = carts.verify(text, now).value();

    EXPECT_EQ(value.payload, "three apples");
    EXPECT_EQ(value.expires_at, now + seconds(60));
    EXPECT_EQ(value.key_id, keyring().newest());
    EXPECT_TRUE(text.starts_with("s1." + keyring().newest() + ".1700000060."));
}

TEST(SignedValues, keep_any_bytes) {
    const SignedValues values(keyring(), "cart");
    const std::string payload("\0.\xff s1.\n", 8);

    EXPECT_EQ(values.verify(values.sign(payload, now + seconds(1)).value(), now)->payload, payload);
    EXPECT_EQ(values.verify(values.sign("", now + seconds(1)).value(), now)->payload, "");
}

TEST(SignedValues, asvs5_9_2_1_end_at_their_end) {
    const SignedValues values(keyring(), "cart");
    const std::string text = values.sign("x", now + seconds(1)).value();

    EXPECT_TRUE(values.verify(text, now + Duration(999)));
    EXPECT_EQ(values.verify(text, now + seconds(1)).error().code, Errc::expired);
    EXPECT_EQ(values.sign("x", Time(seconds(-1))).error().code, Errc::invalid);
    EXPECT_EQ(values.sign("x", Time(seconds(253'402'300'800))).error().code, Errc::invalid);
}

TEST(SignedValues, are_bound_to_their_purpose) {
    const std::string text = SignedValues(keyring(), "cart").sign("x", now + seconds(1)).value();

    EXPECT_EQ(SignedValues(keyring(), "invoice").verify(text, now).error().code, Errc::signature_invalid);
}

TEST(SignedValues, go_on_with_older_keys_after_a_rotation) {
    const std::string text = SignedValues(keyring(), "cart").sign("x", now + seconds(1)).value();
    const SignedValues after(rotated(), "cart");

    EXPECT_EQ(after.verify(text, now)->key_id, keyring().newest());
    EXPECT_TRUE(after.sign("x", now).value().starts_with("s1." + rotated().newest()));
    EXPECT_EQ(
        SignedValues(keyring(new_secret), "cart").verify(text, now).error().code, Errc::signature_invalid
    );
}

TEST(SignedValues, refuse_every_change) {
    const SignedValues values(keyring(), "cart");
    const std::string text = values.sign("three apples", now + seconds(60)).value();
    std::size_t refused = 0;

    for (std::size_t i = 0; i < text.size(); ++i) {
        for (const char c : std::string_view("A.0\x80")) {
            std::string changed = text;
            changed[i] = c;
            refused += changed != text && !values.verify(changed, now) ? 1U : 0U;
            EXPECT_TRUE(changed == text || !values.verify(changed, now)) << changed;
        }
        EXPECT_FALSE(values.verify(text.substr(0, i), now));
    }

    EXPECT_GT(refused, 3 * text.size());
    EXPECT_FALSE(values.verify(text + "A", now));
    EXPECT_FALSE(values.verify(text + "=", now));
}

TEST(SignedValues, are_no_longer_than_a_cookie) {
    const SignedValues values(keyring(), "cart");

    EXPECT_TRUE(values.sign(std::string(3000, 'x'), now));
    EXPECT_EQ(values.sign(std::string(3100, 'x'), now).error().code, Errc::too_large);
    EXPECT_EQ(values.sign(std::string(5000, 'x'), now).error().code, Errc::too_large);
    EXPECT_EQ(values.verify(std::string(4097, '.'), now).error().code, Errc::malformed);
}

TEST(SealedValues, come_back_with_their_end_and_key) {
    FakeRandom random;
    const SealedValues drafts(keyring(), "draft");

    const std::string text = drafts.seal("dear diary", now + seconds(60), random).value();
    const OpenedValue value = drafts.open(text, now).value();

    EXPECT_EQ(value.payload.expose(), "dear diary");
    EXPECT_EQ(value.expires_at, now + seconds(60));
    EXPECT_EQ(value.key_id, keyring().newest());
    EXPECT_NE(text, drafts.seal("dear diary", now + seconds(60), random).value());
    EXPECT_FALSE(text.contains(base64url_encode(as_bytes("dear diary")).substr(0, 8)));
}

TEST(SealedValues, asvs5_9_2_1_end_at_their_end) {
    FakeRandom random;
    const SealedValues values(keyring(), "draft");
    const std::string text = values.seal("x", now + seconds(1), random).value();

    EXPECT_TRUE(values.open(text, now + Duration(999)));
    EXPECT_EQ(values.open(text, now + seconds(1)).error().code, Errc::expired);
    EXPECT_EQ(values.seal("x", Time(seconds(-1)), random).error().code, Errc::invalid);
}

TEST(SealedValues, are_bound_to_their_purpose_and_key) {
    FakeRandom random;
    const std::string text = SealedValues(keyring(), "draft").seal("x", now + seconds(1), random).value();

    EXPECT_TRUE(SealedValues(rotated(), "draft").open(text, now));
    EXPECT_EQ(SealedValues(keyring(), "cart").open(text, now).error().code, Errc::signature_invalid);
    EXPECT_EQ(
        SealedValues(keyring(new_secret), "draft").open(text, now).error().code, Errc::signature_invalid
    );
}

TEST(SealedValues, refuse_every_change) {
    FakeRandom random;
    const SealedValues values(keyring(), "draft");
    const std::string text = values.seal("dear diary", now + seconds(60), random).value();

    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(values.open(changed, now)) << changed;
        EXPECT_FALSE(values.open(text.substr(0, i), now));
    }
    EXPECT_FALSE(SignedValues(keyring(), "draft").verify(text, now));
}

TEST(SealedValues, are_no_longer_than_a_cookie) {
    FakeRandom random;
    const SealedValues values(keyring(), "draft");

    EXPECT_TRUE(values.seal(std::string(2900, 'x'), now, random));
    EXPECT_EQ(values.seal(std::string(3100, 'x'), now, random).error().code, Errc::too_large);
    EXPECT_EQ(values.open(std::string(4097, 'A'), now).error().code, Errc::malformed);
}

}  // namespace
}  // namespace cardea::cookies
