// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/signature.h"

#include "cardea/crypto/detail/ecdsa_der.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <atomic>
#include <iostream>
#include <thread>
#include <vector>

namespace cardea::crypto {
namespace {

using Algorithm = SignatureAlgorithm;

PrivateKey make_key(Algorithm algorithm) {
    static const PrivateKey rsa = PrivateKey::generate_rsa().value();
    const KeyKind kind = key_kind(algorithm);
    return kind == KeyKind::rsa ? rsa : PrivateKey::generate(kind);
}

class EveryAlgorithm : public ::testing::TestWithParam<Algorithm> {};

INSTANTIATE_TEST_SUITE_P(
    Signature,
    EveryAlgorithm,
    ::testing::Values(
        Algorithm::rsa_pkcs1_sha256,
        Algorithm::rsa_pkcs1_sha384,
        Algorithm::rsa_pkcs1_sha512,
        Algorithm::rsa_pss_sha256,
        Algorithm::rsa_pss_sha384,
        Algorithm::rsa_pss_sha512,
        Algorithm::ecdsa_p256_sha256,
        Algorithm::ecdsa_p384_sha384,
        Algorithm::ecdsa_p521_sha512,
        Algorithm::ed25519
    )
);

TEST_P(EveryAlgorithm, verifies_what_it_signed_and_nothing_else) {
    const PrivateKey key = make_key(GetParam());
    const Signer signer = Signer::make(key, GetParam()).value();
    const Verifier verifier = Verifier::make(key.public_key(), GetParam()).value();

    const Bytes signature = signer.sign(as_bytes("message")).value();

    EXPECT_TRUE(verifier.verify(as_bytes("message"), signature));
    EXPECT_EQ(verifier.verify(as_bytes("messagf"), signature).error().code, Errc::signature_invalid);
    EXPECT_FALSE(verifier.verify({}, signature));
    EXPECT_FALSE(verifier.verify(as_bytes("message"), {}));
    EXPECT_FALSE(verifier.verify(as_bytes("message"), ByteView(signature).first(signature.size() - 1)));
    for (std::size_t i = 0; i < signature.size(); i += 7) {
        Bytes changed = signature;
        changed[i] ^= 0x10U;
        EXPECT_FALSE(verifier.verify(as_bytes("message"), changed)) << i;
    }
    Bytes longer = signature;
    longer.push_back(0);
    EXPECT_FALSE(verifier.verify(as_bytes("message"), longer));
}

TEST_P(EveryAlgorithm, goes_with_its_own_kind_of_key_only) {
    for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::p521, KeyKind::ed25519}) {
        const PrivateKey key = PrivateKey::generate(kind);
        const bool fits = key_kind(GetParam()) == kind;
        EXPECT_EQ(Verifier::make(key.public_key(), GetParam()).has_value(), fits);
        EXPECT_EQ(Signer::make(key, GetParam()).has_value(), fits);
    }
    const PrivateKey agreement = PrivateKey::generate(KeyKind::x25519);
    EXPECT_EQ(Signer::make(agreement, GetParam()).error().code, Errc::invalid);
}

TEST(Signature, of_one_rsa_algorithm_is_none_of_another) {
    const PrivateKey key = make_key(Algorithm::rsa_pss_sha256);
    const Bytes signature =
        Signer::make(key, Algorithm::rsa_pss_sha256).value().sign(as_bytes("message")).value();

    for (const Algorithm other :
         {Algorithm::rsa_pkcs1_sha256, Algorithm::rsa_pss_sha384, Algorithm::rsa_pss_sha512}) {
        const Verifier verifier = Verifier::make(key.public_key(), other).value();
        EXPECT_FALSE(verifier.verify(as_bytes("message"), signature));
    }
}

TEST(Signature, is_made_and_verified_by_many_threads_with_one_key) {
    const PrivateKey key = make_key(Algorithm::ecdsa_p256_sha256);
    const Signer signer = Signer::make(key, Algorithm::ecdsa_p256_sha256).value();
    const Verifier verifier = Verifier::make(key.public_key(), Algorithm::ecdsa_p256_sha256).value();
    std::atomic<int> right = 0;

    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i) {
                    const Bytes signature = signer.sign(as_bytes("message")).value();
                    right += verifier.verify(as_bytes("message"), signature) ? 1 : 0;
                }
            });
        }
    }

    EXPECT_EQ(right, 80);
}

TEST(EcdsaDer, writes_what_der_wants) {
    detail::EcdsaDer der;

    ASSERT_TRUE(der.encode(hex_decode("00000080000000ff").value(), 4));
    EXPECT_EQ(hex_encode(der.bytes()), "300802020080020200ff");
    ASSERT_TRUE(der.encode(hex_decode("0000000000000000").value(), 4));
    EXPECT_EQ(hex_encode(der.bytes()), "3006020100020100");
    ASSERT_TRUE(der.encode(Bytes(132, 0xff), 66));
    EXPECT_EQ(hex_encode(der.bytes()).substr(0, 14), "30818a024300ff");
    EXPECT_EQ(der.bytes().size(), 141U);
    EXPECT_FALSE(der.encode(Bytes(131, 0xff), 66));
    EXPECT_FALSE(der.encode({}, 66));
}

struct Counts {
    std::size_t all = 0;
    std::size_t valid = 0;
    std::size_t refused_keys = 0;

    friend bool operator==(const Counts&, const Counts&) = default;
};

/// What the file calls acceptable (RSA padding without its NULL) is refused; so are valid signatures of keys
/// that are refused themselves.
Counts check_wycheproof(const std::string& file, Algorithm algorithm) {
    Counts counts;
    counts.all = testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
        const auto key = PublicKey::from_pem(one.group.find_text("publicKeyPem").value());
        if (!key) {
            EXPECT_EQ(key.error().code, Errc::invalid);
            ++counts.refused_keys;
            return;
        }
        const Verifier verifier = Verifier::make(*key, algorithm).value();
        const bool accepted = verifier.verify(one.hex("msg"), one.hex("sig")).has_value();
        EXPECT_EQ(accepted, one.test.find_text("result") == "valid");
        counts.valid += accepted ? 1U : 0U;
    });
    std::cout << "[ vectors  ] " << counts.all << " cases, " << counts.valid << " valid\n";
    return counts;
}

TEST(Signature, agrees_with_wycheproof_ecdsa_p256) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
    EXPECT_EQ(check_wycheproof(file, Algorithm::ecdsa_p256_sha256), (Counts{262, 173, 0}));
}

TEST(Signature, agrees_with_wycheproof_ecdsa_p384) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/ecdsa_secp384r1_sha384_p1363_test.json");
    EXPECT_EQ(check_wycheproof(file, Algorithm::ecdsa_p384_sha384), (Counts{280, 193, 0}));
}

TEST(Signature, agrees_with_wycheproof_ed25519) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/ed25519_test.json");
    EXPECT_EQ(check_wycheproof(file, Algorithm::ed25519), (Counts{151, 88, 0}));
}

// Two of its keys have the exponent 3.
TEST(Signature, agrees_with_wycheproof_rsa_pkcs1) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/rsa_signature_2048_sha256_test.json");
    EXPECT_EQ(check_wycheproof(file, Algorithm::rsa_pkcs1_sha256), (Counts{259, 7, 2}));
}

TEST(Signature, agrees_with_wycheproof_rsa_pss) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/rsa_pss_2048_sha256_mgf1_32_test.json");
    EXPECT_EQ(check_wycheproof(file, Algorithm::rsa_pss_sha256), (Counts{108, 63, 0}));
}

}  // namespace
}  // namespace cardea::crypto
