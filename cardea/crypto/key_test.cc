// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/key.h"

#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::crypto {
namespace {

const Bytes f4 = hex_decode("010001").value();

// Two primes of the form that CVE-2017-15361 made, multiplied.
constexpr std::string_view roca_modulus =
    "b0e7da1834798351712f15de50e445239ab0e7aa7160965892dd09b83e9cb5d48e36d71a768f06b8a7c9789cd7ca4060"
    "36014c1d495919008dbdd7c660ad8d7f90f9834fba9e2b26679f1c7466c9036b49681eaf977bdb239de3837dc9b7a84f"
    "6969b6b96ea80888dd31bb3a15079baa24d49d4e09ce0f5bed786a8bdfd6bc8d212a93662f4c78c095cc942e3aed2a41"
    "a2c3152691952d4ee7aaae8afec32c74d13e602dffae7a8064faf9c72cd3e140f3e041d35e015c6b49aa5bcc2b16f8c9"
    "2d4a712d33f968a0da75fc65b202cba25f6725eac2cca75348a73143d5e04194d329e391c107b825bc1e564a4e9bdadb"
    "f0560a0af1d6e112433c561dc0b3d1a3";

const PrivateKey& rsa_key() {
    static const PrivateKey key = PrivateKey::generate_rsa().value();
    return key;
}

PrivateKey make(KeyKind kind) {
    return kind == KeyKind::rsa ? rsa_key() : PrivateKey::generate(kind);
}

class EveryKind : public ::testing::TestWithParam<KeyKind> {};

INSTANTIATE_TEST_SUITE_P(
    Key,
    EveryKind,
    ::testing::Values(
        KeyKind::rsa, KeyKind::p256, KeyKind::p384, KeyKind::p521, KeyKind::ed25519, KeyKind::x25519
    )
);

TEST_P(EveryKind, survives_pem) {
    const PrivateKey key = make(GetParam());

    const SecretText private_pem = key.to_pem();
    const std::string public_pem = key.public_key().to_pem();

    EXPECT_TRUE(private_pem.expose().starts_with("-----BEGIN PRIVATE KEY-----"));
    EXPECT_TRUE(public_pem.starts_with("-----BEGIN PUBLIC KEY-----"));
    const PrivateKey read = PrivateKey::from_pem(private_pem.expose()).value();
    EXPECT_EQ(read.public_key(), key.public_key());
    EXPECT_TRUE(constant_time_equal(read.d(), key.d()));
    EXPECT_EQ(PublicKey::from_pem(public_pem).value(), key.public_key());
}

TEST_P(EveryKind, is_not_read_from_the_wrong_half) {
    const PrivateKey key = make(GetParam());

    EXPECT_EQ(PrivateKey::from_pem(key.public_key().to_pem()).error().code, Errc::malformed);
    EXPECT_EQ(PublicKey::from_pem(key.to_pem().expose()).error().code, Errc::malformed);
}

TEST(Key, survives_its_numbers) {
    const PublicKey& half = rsa_key().public_key();
    const PrivateKey curve = PrivateKey::generate(KeyKind::p521);
    const PrivateKey edwards = PrivateKey::generate(KeyKind::ed25519);

    EXPECT_EQ(PublicKey::rsa(half.n(), half.e()).value(), half);
    EXPECT_EQ(PrivateKey::rsa(rsa_key().rsa_numbers()).value().public_key(), half);
    EXPECT_EQ(half.n().size(), 256U);
    EXPECT_TRUE(half.x().empty());
    EXPECT_EQ(curve.d().size(), 66U);
    EXPECT_TRUE(PrivateKey::ec(curve.kind(), curve.public_key().x(), curve.public_key().y(), curve.d()));
    EXPECT_TRUE(PrivateKey::okp(edwards.kind(), edwards.public_key().x(), edwards.d()));
    EXPECT_TRUE(edwards.public_key().y().empty());
    EXPECT_TRUE(edwards.rsa_numbers().p.empty());
}

TEST(Key, refuses_weak_rsa) {
    const ByteView n = rsa_key().public_key().n();
    Bytes even(n.begin(), n.end());
    even.back() &= 0xfeU;
    const Bytes huge(1025, 0xff);
    const Bytes zero_first = hex_decode("00010001").value();

    EXPECT_FALSE(PublicKey::rsa(n.first(255), f4)) << "fewer than 2048 bits";
    EXPECT_FALSE(PublicKey::rsa(huge, f4)) << "more than 8192 bits";
    EXPECT_FALSE(PublicKey::rsa(even, f4));
    EXPECT_FALSE(PublicKey::rsa(n, hex_decode("01").value()));
    EXPECT_FALSE(PublicKey::rsa(n, hex_decode("03").value()));
    EXPECT_FALSE(PublicKey::rsa(n, hex_decode("010002").value()));
    EXPECT_FALSE(PublicKey::rsa(n, Bytes(9, 0xff))) << "an exponent that makes verifying slow";
    EXPECT_FALSE(PublicKey::rsa(n, zero_first));
    EXPECT_FALSE(PublicKey::rsa({}, {}));
    EXPECT_TRUE(PublicKey::rsa(n, f4));
    EXPECT_FALSE(PrivateKey::generate_rsa(1024));
    EXPECT_FALSE(PrivateKey::generate_rsa(16'384));
}

TEST(Key, refuses_the_modulus_of_the_roca_generator) {
    const Result<PublicKey> key = PublicKey::rsa(hex_decode(roca_modulus).value(), f4);

    ASSERT_FALSE(key);
    EXPECT_NE(key.error().context.find("ROCA"), std::string::npos);
}

TEST(Key, refuses_points_off_their_curve) {
    const PrivateKey key = PrivateKey::generate(KeyKind::p256);
    const PublicKey& half = key.public_key();
    Bytes y(half.y().begin(), half.y().end());
    y.back() ^= 1U;

    EXPECT_FALSE(PublicKey::ec(KeyKind::p256, half.x(), y));
    EXPECT_FALSE(PublicKey::ec(KeyKind::p256, Bytes(32, 0), Bytes(32, 0)));
    EXPECT_FALSE(PublicKey::ec(KeyKind::p256, Bytes(32, 0xff), Bytes(32, 0xff)));
    EXPECT_FALSE(PublicKey::ec(KeyKind::p256, half.x().first(31), half.y()));
    EXPECT_FALSE(PublicKey::ec(KeyKind::p384, half.x(), half.y()));
    EXPECT_FALSE(PublicKey::ec(KeyKind::ed25519, half.x(), half.y()));
    EXPECT_FALSE(PublicKey::okp(KeyKind::ed25519, Bytes(32, 0))) << "a point of small order";
    EXPECT_FALSE(PublicKey::okp(KeyKind::ed25519, Bytes(32, 0xff)));
    EXPECT_FALSE(PublicKey::okp(KeyKind::x25519, Bytes(31, 1)));
    EXPECT_FALSE(PublicKey::okp(KeyKind::p256, half.x()));
}

TEST(Key, refuses_halves_of_two_keys) {
    const PrivateKey ec = PrivateKey::generate(KeyKind::p256);
    const PrivateKey okp = PrivateKey::generate(KeyKind::x25519);
    const PrivateKey edwards = PrivateKey::generate(KeyKind::ed25519);
    const PrivateKey other_rsa = PrivateKey::generate_rsa().value();
    RsaNumbers mixed = rsa_key().rsa_numbers();
    mixed.n = other_rsa.public_key().n();
    // d and d plus the order of the curve make the same point.
    const Bytes too_large = Bytes(32, 0xff);

    EXPECT_FALSE(PrivateKey::rsa(mixed));
    EXPECT_FALSE(PrivateKey::ec(
        KeyKind::p256, ec.public_key().x(), ec.public_key().y(), PrivateKey::generate(KeyKind::p256).d()
    ));
    EXPECT_FALSE(PrivateKey::ec(KeyKind::p256, ec.public_key().x(), ec.public_key().y(), too_large));
    EXPECT_FALSE(PrivateKey::ec(KeyKind::p256, ec.public_key().x(), ec.public_key().y(), ec.d().first(31)));
    EXPECT_FALSE(PrivateKey::okp(KeyKind::x25519, edwards.public_key().x(), okp.d()));
    EXPECT_FALSE(PrivateKey::okp(KeyKind::ed25519, edwards.public_key().x(), okp.d()));
}

TEST(Key, reads_the_traditional_forms_of_pem) {
    // RFC 9500 section 2.3: testECCP256, which is public.
    constexpr std::string_view ec_pem =
        "-----BEGIN EC PRIVATE KEY-----\n"
        "MHcCAQEEIObLW92AqkWunJXowVR2Z5/+yVPBaFHnEedDk5WJxk/BoAoGCCqGSM49\n"
        "AwEHoUQDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71vc75eSOkyMsxFxbFsTNEMTLjV\n"
        "uKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcg==\n"
        "-----END EC PRIVATE KEY-----\n";

    const PrivateKey key = PrivateKey::from_pem(ec_pem).value();

    EXPECT_EQ(key.kind(), KeyKind::p256);
    EXPECT_EQ(hex_encode(key.public_key().x()).substr(0, 16), "422548f88fb782ff");
}

TEST(Key, refuses_what_is_no_key_in_pem) {
    constexpr std::string_view encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGjMF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3DQEFDDAkBBA=\n"
        "-----END ENCRYPTED PRIVATE KEY-----\n";

    for (const std::string_view text : {"", "-----BEGIN PUBLIC KEY-----", "{}", "ssh-ed25519 AAAA"}) {
        EXPECT_EQ(PublicKey::from_pem(text).error().code, Errc::malformed) << text;
        EXPECT_EQ(PrivateKey::from_pem(text).error().code, Errc::malformed) << text;
    }
    EXPECT_EQ(PrivateKey::from_pem(encrypted).error().code, Errc::malformed);
    EXPECT_FALSE(PublicKey::from_pem(std::string(100'000, 'A')));
}

}  // namespace
}  // namespace cardea::crypto
