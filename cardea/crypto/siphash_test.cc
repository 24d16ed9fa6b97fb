// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/siphash.h"

#include "cardea/base/hex.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::crypto {
namespace {

// The reference implementation's vectors_sip128, lengths 0 and 1 and 15.
TEST(Siphash, agrees_with_the_reference) {
    SecretBytes<16> key;
    Bytes message(15);
    std::uint8_t next = 0;
    std::ranges::generate(key.expose(), [&next] { return next++; });
    std::copy_n(key.expose().begin(), message.size(), message.begin());

    EXPECT_EQ(hex_encode(siphash(key, {})), "a3817f04ba25a8e66df67214c7550293");
    EXPECT_EQ(hex_encode(siphash(key, ByteView(message).first(1))), "da87c1d86b99af44347659119b22fc45");
    EXPECT_EQ(hex_encode(siphash(key, message)), "5493e99933b0a8117e08ec0f97cfc3d9");
}

}  // namespace
}  // namespace cardea::crypto
