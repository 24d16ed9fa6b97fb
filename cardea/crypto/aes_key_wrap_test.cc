// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_key_wrap.h"

#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <iostream>

namespace cardea::crypto {
namespace {

// RFC 3394 sections 4.1 and 4.6.
TEST(AesKeyWrap, agrees_with_rfc_3394) {
    const Bytes small = hex_decode("000102030405060708090a0b0c0d0e0f").value();
    const Bytes large =
        hex_decode("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").value();
    const Bytes key = hex_decode("00112233445566778899aabbccddeeff").value();
    const Bytes long_key =
        hex_decode("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f").value();

    EXPECT_EQ(hex_encode(aes_key_wrap(small, key)), "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    EXPECT_EQ(
        hex_encode(aes_key_wrap(large, long_key)),
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"
    );
}

TEST(AesKeyWrap, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/aes_wrap_test.json");
    std::size_t short_keys = 0;

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            const Result<SecretText> key = aes_key_unwrap(one.hex("key"), one.hex("ct"));
            if (one.test.find_text("result") == "acceptable") {
                EXPECT_FALSE(key);  // RFC 3394 section 2: at least two blocks
                ++short_keys;
                return;
            }

            ASSERT_EQ(key.has_value(), one.is_valid());
            if (key) {
                EXPECT_EQ(key->expose(), as_text(one.hex("msg")));
                EXPECT_EQ(aes_key_wrap(one.hex("key"), one.hex("msg")), one.hex("ct"));
            } else {
                EXPECT_EQ(key.error().code, Errc::signature_invalid);
            }
        });

    EXPECT_EQ(count, 165U);
    EXPECT_EQ(short_keys, 3U);
    std::cout << "[ vectors  ] AES Key Wrap: " << count << " cases, " << short_keys << " with keys too short"
              << '\n';
}

}  // namespace
}  // namespace cardea::crypto
