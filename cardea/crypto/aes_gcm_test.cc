// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_gcm.h"

#include "cardea/base/random.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

namespace cardea::crypto {
namespace {

TEST(AesGcm, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/aes_gcm_test.json");
    std::size_t other_nonces = 0;

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            GcmNonce nonce{};
            if (one.hex("iv").size() != nonce.size()) {
                ++other_nonces;  // JOSE has 96 bits only; others do not compile here
                return;
            }
            std::ranges::copy(one.hex("iv"), nonce.begin());
            Bytes sealed = one.hex("ct");
            std::ranges::copy(one.hex("tag"), std::back_inserter(sealed));

            const Result<SecretText> opened = aes_gcm_open(one.hex("key"), nonce, sealed, one.hex("aad"));

            ASSERT_EQ(opened.has_value(), one.is_valid());
            if (opened) {
                EXPECT_EQ(opened->expose(), as_text(one.hex("msg")));
                EXPECT_EQ(aes_gcm_seal(one.hex("key"), nonce, one.hex("msg"), one.hex("aad")), sealed);
            } else {
                EXPECT_EQ(opened.error().code, Errc::signature_invalid);
            }
        });

    EXPECT_EQ(count, 316U);
    EXPECT_EQ(other_nonces, 119U);
    std::cout << "[ vectors  ] AES-GCM: " << count << " cases, " << other_nonces << " with other nonces"
              << '\n';
}

TEST(AesGcm, opens_nothing_that_was_changed) {
    FakeRandom random;
    const auto key = random.bytes<16>();
    const auto nonce = random.bytes<12>();
    const Bytes sealed = aes_gcm_seal(key, nonce, as_bytes("message"), as_bytes("context"));

    EXPECT_EQ(aes_gcm_open(key, nonce, sealed, as_bytes("context")).value().expose(), "message");
    EXPECT_FALSE(aes_gcm_open(key, nonce, sealed, as_bytes("other context")));
    EXPECT_FALSE(aes_gcm_open(random.bytes<16>(), nonce, sealed, as_bytes("context")));
    EXPECT_FALSE(aes_gcm_open(key, random.bytes<12>(), sealed, as_bytes("context")));
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(aes_gcm_open(key, nonce, ByteView(sealed).first(size), as_bytes("context")));
    }
}

TEST(AesGcm, seals_nothing_at_all) {
    const std::array<std::uint8_t, 32> key{};
    const GcmNonce nonce{};

    const Bytes sealed = aes_gcm_seal(key, nonce, {}, {});

    EXPECT_EQ(hex_encode(sealed), "530f8afbc74536b9a963b4f1c4cb738b");  // GCM specification, test case 13
    EXPECT_EQ(aes_gcm_open(key, nonce, sealed, {}).value().expose(), "");
}

}  // namespace
}  // namespace cardea::crypto
