// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_cbc_hmac.h"

#include "cardea/base/random.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <string>

namespace cardea::crypto {
namespace {

/// RFC 7518 appendix B: the same message under a key 00 01 02 ... of each size. The tag of each.
struct Case {
    std::size_t key_size;
    std::string_view ciphertext_begin;
    std::string_view tag;
};
constexpr std::array<Case, 3> rfc_7518_b{
    Case{32, "c80edfa32ddf39d5ef00c0b468834279", "652c3fa36b0a7c5b3219fab3a30bc1c4"},
    Case{48, "ea65da6b59e61edb419be62d19712ae5", "8490ac0e58949bfe51875d733f93ac2075168039ccc733d7"},
    Case{
        64,
        "4affaaadb78c31c5da4b1b590d10ffbd",
        "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5"
    },
};

TEST(AesCbcHmac, agrees_with_rfc_7518_appendix_b) {
    CbcIv iv{};
    std::ranges::copy(hex_decode("1af38c2dc2b96ffdd86694092341bc04").value(), iv.begin());
    const std::string_view message =
        "A cipher system must not be required to be secret, and it must be able to fall into the hands of "
        "the "
        "enemy without inconvenience";
    const ByteView context = as_bytes("The second principle of Auguste Kerckhoffs");

    for (const Case& one : rfc_7518_b) {
        Bytes key(one.key_size);
        std::iota(key.begin(), key.end(), std::uint8_t{0});
        const Bytes sealed = aes_cbc_hmac_seal(key, iv, as_bytes(message), context);
        EXPECT_EQ(hex_encode(ByteView(sealed).first(16)), one.ciphertext_begin);
        EXPECT_EQ(hex_encode(ByteView(sealed).last(one.key_size / 2)), one.tag);
        EXPECT_EQ(aes_cbc_hmac_open(key, iv, sealed, context).value().expose(), message);
    }
}

TEST(AesCbcHmac, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/a128cbc_hs256_test.json");

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            CbcIv iv{};
            std::ranges::copy(one.hex("iv"), iv.begin());
            Bytes sealed = one.hex("ct");
            std::ranges::copy(one.hex("tag"), std::back_inserter(sealed));

            const Result<SecretText> opened = aes_cbc_hmac_open(one.hex("key"), iv, sealed, one.hex("aad"));

            ASSERT_EQ(opened.has_value(), one.is_valid());
            if (opened) {
                EXPECT_EQ(opened->expose(), as_text(one.hex("msg")));
                EXPECT_EQ(aes_cbc_hmac_seal(one.hex("key"), iv, one.hex("msg"), one.hex("aad")), sealed);
            } else {
                EXPECT_EQ(opened.error().code, Errc::signature_invalid);
            }
        });

    EXPECT_EQ(count, 94U);
    std::cout << "[ vectors  ] A128CBC-HS256: " << count << " cases" << '\n';
}

TEST(AesCbcHmac, opens_nothing_that_was_changed) {
    FakeRandom random;
    const auto key = random.bytes<64>();
    const auto iv = random.bytes<16>();
    const Bytes sealed = aes_cbc_hmac_seal(key, iv, as_bytes("message"), as_bytes("context"));

    EXPECT_EQ(aes_cbc_hmac_open(key, iv, sealed, as_bytes("context")).value().expose(), "message");
    EXPECT_FALSE(aes_cbc_hmac_open(key, iv, sealed, as_bytes("contex")));
    EXPECT_FALSE(aes_cbc_hmac_open(random.bytes<64>(), iv, sealed, as_bytes("context")));
    EXPECT_FALSE(aes_cbc_hmac_open(key, random.bytes<16>(), sealed, as_bytes("context")));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes changed = sealed;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        EXPECT_EQ(
            aes_cbc_hmac_open(key, iv, changed, as_bytes("context")).error(),
            (Error{Errc::signature_invalid, "seal", {}, {}})
        );
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(aes_cbc_hmac_open(key, iv, ByteView(sealed).first(size), as_bytes("context")));
    }
}

}  // namespace
}  // namespace cardea::crypto
