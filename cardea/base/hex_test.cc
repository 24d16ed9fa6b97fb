// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/hex.h"

#include <gtest/gtest.h>

namespace cardea {
namespace {

TEST(Hex, comes_back_from_its_text) {
    const Bytes bytes{0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};

    EXPECT_EQ(hex_encode(bytes), "00017f80feff");
    EXPECT_EQ(hex_decode("00017f80feff").value(), bytes);
    EXPECT_EQ(hex_decode("").value(), Bytes());
}

TEST(Hex, refuses_every_other_spelling) {
    for (const std::string_view wrong : {"0", "0G", "FF", "0x", " 0", "00\n", "g0"}) {
        EXPECT_FALSE(hex_decode(wrong)) << wrong;
    }
}

TEST(Hex, refuses_another_length_than_asked) {
    std::array<std::uint8_t, 2> out{};

    EXPECT_TRUE(hex_decode("0102", out));
    EXPECT_FALSE(hex_decode("010203", out));
    EXPECT_FALSE(hex_decode("01", out));
}

}  // namespace
}  // namespace cardea
