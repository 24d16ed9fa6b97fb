// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/utf8.h"

#include <gtest/gtest.h>

namespace cardea {
namespace {

TEST(Utf8, counts_code_points) {
    EXPECT_EQ(count_code_points(""), 0U);
    EXPECT_EQ(count_code_points("abc"), 3U);
    EXPECT_EQ(count_code_points("a\u00e9\u20ac\U0001f511"), 4U);
    EXPECT_EQ(count_code_points(std::string_view("a\0b", 3)), 3U);
}

TEST(Utf8, takes_the_ends_of_every_range) {
    for (const char32_t expected :
         {U'\0',
          U'\x7f',
          U'\x80',
          U'\x7ff',
          U'\x800',
          U'\xd7ff',
          U'\xe000',
          U'\xffff',
          U'\x10000',
          U'\x10ffff'}) {
        std::string text;
        if (expected < 0x80) {
            text = {static_cast<char>(expected)};
        } else if (expected < 0x800) {
            text = {static_cast<char>(0xc0 | expected >> 6), static_cast<char>(0x80 | (expected & 0x3f))};
        } else if (expected < 0x10000) {
            text = {
                static_cast<char>(0xe0 | expected >> 12),
                static_cast<char>(0x80 | (expected >> 6 & 0x3f)),
                static_cast<char>(0x80 | (expected & 0x3f))
            };
        } else {
            text = {
                static_cast<char>(0xf0 | expected >> 18),
                static_cast<char>(0x80 | (expected >> 12 & 0x3f)),
                static_cast<char>(0x80 | (expected >> 6 & 0x3f)),
                static_cast<char>(0x80 | (expected & 0x3f))
            };
        }
        std::string_view rest = text;
        EXPECT_EQ(take_code_point(rest), expected);
        EXPECT_TRUE(rest.empty());
    }
}

TEST(Utf8, refuses_malformed_sequences) {
    const std::string_view wrong[] = {
        "\x80",              // continuation without a lead
        "\xc3",              // cut off
        "\xe2\x82",          // cut off
        "\xf0\x9f\x94",      // cut off
        "\xc0\xaf",          // overlong
        "\xc1\xbf",          // overlong
        "\xe0\x80\xaf",      // overlong
        "\xe0\x9f\xbf",      // overlong
        "\xf0\x8f\xbf\xbf",  // overlong
        "\xed\xa0\x80",      // surrogate
        "\xed\xbf\xbf",      // surrogate
        "\xf4\x90\x80\x80",  // beyond U+10FFFF
        "\xf5\x80\x80\x80",  // beyond U+10FFFF
        "\xfe",
        "\xff",
        "\xc3(",  // lead, then no continuation
    };
    for (const std::string_view text : wrong) {
        std::string_view rest = text;
        EXPECT_FALSE(take_code_point(rest));
        EXPECT_EQ(rest, text);
        EXPECT_FALSE(is_valid_utf8("ok" + std::string(text)));
        EXPECT_TRUE(is_valid_utf8(to_valid_utf8(text)));
    }
}

TEST(Utf8, replaces_only_the_bytes_that_belong_to_nothing) {
    EXPECT_EQ(to_valid_utf8("caf\u00e9"), "caf\u00e9");
    EXPECT_EQ(
        to_valid_utf8("a\xff"
                      "b\xe2\x82"),
        "a\ufffdb\ufffd\ufffd"
    );
}

}  // namespace
}  // namespace cardea
