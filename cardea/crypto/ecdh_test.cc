// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/ecdh.h"

#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"
#include "tests/support/fixed_random.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace cardea::crypto {
namespace {

constexpr std::array all_curves{KeyKind::p256, KeyKind::p384, KeyKind::p521, KeyKind::x25519};

PrivateKey key_of(KeyKind curve, Bytes scalar) {
    testing::FixedRandom random(std::move(scalar));
    return make_agreement_key(curve, random);
}

std::string shared_hex(const PrivateKey& mine, const PublicKey& theirs) {
    return hex_encode(as_bytes(ecdh(mine, theirs).value().expose()));
}

TEST(Ecdh, agrees_with_rfc_7518_appendix_c) {
    const PrivateKey alice =
        key_of(KeyKind::p256, base64url_decode("0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo").value());
    const PrivateKey bob =
        key_of(KeyKind::p256, base64url_decode("VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw").value());
    const std::string_view z = "9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4";

    EXPECT_EQ(base64url_encode(alice.public_key().x()), "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0");
    EXPECT_EQ(base64url_encode(alice.public_key().y()), "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps");
    EXPECT_EQ(shared_hex(alice, bob.public_key()), z);
    EXPECT_EQ(shared_hex(bob, alice.public_key()), z);
}

// RFC 7748 section 6.1.
TEST(Ecdh, agrees_with_rfc_7748) {
    const PrivateKey alice = key_of(
        KeyKind::x25519,
        hex_decode("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a").value()
    );
    const PublicKey bob =
        PublicKey::okp(
            KeyKind::x25519,
            hex_decode("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f").value()
        )
            .value();

    EXPECT_EQ(
        hex_encode(alice.public_key().x()), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    );
    EXPECT_EQ(shared_hex(alice, bob), "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

TEST(Ecdh, both_sides_come_to_the_same) {
    FakeRandom random;
    for (const KeyKind curve : all_curves) {
        const PrivateKey ann = make_agreement_key(curve, random);
        const PrivateKey bob = make_agreement_key(curve, random);

        const Result<SecretText> here = ecdh(ann, bob.public_key());
        const Result<SecretText> there = ecdh(bob, ann.public_key());

        ASSERT_TRUE(here && there);
        EXPECT_TRUE(constant_time_equal(*here, *there));
        EXPECT_EQ(here->size(), coordinate_size(curve));
    }
}

TEST(Ecdh, agrees_on_one_curve_only) {
    FakeRandom random;
    const PrivateKey small = make_agreement_key(KeyKind::p256, random);
    const PrivateKey large = make_agreement_key(KeyKind::p384, random);
    const PrivateKey signing = PrivateKey::generate(KeyKind::ed25519);

    EXPECT_EQ(ecdh(small, large.public_key()).error().code, Errc::invalid);
    EXPECT_EQ(ecdh(signing, signing.public_key()).error().code, Errc::invalid);
}

TEST(Ecdh, refuses_points_that_are_not_on_the_curve) {
    FakeRandom random;
    for (const KeyKind curve : {KeyKind::p256, KeyKind::p384, KeyKind::p521}) {
        const PrivateKey key = make_agreement_key(curve, random);
        Bytes moved(key.public_key().y().begin(), key.public_key().y().end());
        moved.back() ^= 1;
        const Bytes zero(coordinate_size(curve));

        EXPECT_EQ(PublicKey::ec(curve, key.public_key().x(), moved).error().code, Errc::invalid);
        EXPECT_EQ(PublicKey::ec(curve, zero, zero).error().code, Errc::invalid);
    }
}

TEST(Ecdh, refuses_x25519_points_of_small_order) {
    FakeRandom random;
    const PrivateKey mine = make_agreement_key(KeyKind::x25519, random);

    for (const std::string_view text : {
             "0000000000000000000000000000000000000000000000000000000000000000",
             "0100000000000000000000000000000000000000000000000000000000000000",
             "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
         }) {
        const Result<PublicKey> point = PublicKey::okp(KeyKind::x25519, hex_decode(text).value());
        const Result<SecretText> shared =
            point ? ecdh(mine, *point) : Result<SecretText>(fail(Errc::invalid));
        EXPECT_EQ(shared.error().code, Errc::invalid);
    }
}

TEST(Ecdh, a_draw_beyond_the_order_is_drawn_again) {
    Bytes draws(48, 0xff);  // no group order reaches it
    draws.resize(96, 7);

    EXPECT_EQ(as_text(key_of(KeyKind::p384, draws).d()), std::string(48, '\7'));
}

}  // namespace
}  // namespace cardea::crypto
