// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"

#include "cardea/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace cardea {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// RFC 4648 section 10, without the padding.
TEST(Base64url, agrees_with_the_rfc) {
    const std::array<std::pair<std::string_view, std::string_view>, 7> cases{
        {{"", ""},
         {"f", "Zg"},
         {"fo", "Zm8"},
         {"foo", "Zm9v"},
         {"foob", "Zm9vYg"},
         {"fooba", "Zm9vYmE"},
         {"foobar", "Zm9vYmFy"}}
    };
    for (const auto& [bytes, text] : cases) {
        EXPECT_EQ(base64url_encode(as_bytes(bytes)), text);
        EXPECT_EQ(as_text(base64url_decode(text).value()), bytes);
    }
}

TEST(Base64url, has_its_own_last_two_digits) {
    const Bytes bytes{0xfb, 0xff};

    EXPECT_EQ(base64url_encode(bytes), "-_8");
    EXPECT_EQ(base64_unpadded_encode(bytes), "+/8");
    EXPECT_EQ(base64_unpadded_decode("+/8").value(), bytes);
    EXPECT_FALSE(base64url_decode("+/8"));
    EXPECT_FALSE(base64_unpadded_decode("-_8"));
}

TEST(Base64, takes_exactly_its_padding) {
    for (const auto& [bytes, text] : std::array<std::pair<std::string_view, std::string_view>, 4>{
             {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}}
         }) {
        EXPECT_EQ(base64_encode(as_bytes(bytes)), text);
        EXPECT_EQ(as_text(base64_decode(text).value()), bytes);
    }
    for (const std::string_view wrong :
         {"Zg", "Zg=", "Zg===", "Zm9v====", "Zm9v=", "=", "====", "Z===", "Zh=="}) {
        EXPECT_FALSE(base64_decode(wrong)) << wrong;
    }
}

TEST(Base64url, comes_back_at_every_length) {
    FakeRandom random;
    for (std::size_t size = 0; size < 100; ++size) {
        Bytes bytes(size);
        random.fill(bytes);

        const std::string text = base64url_encode(bytes);

        EXPECT_EQ(text.size(), base64url_size(size));
        EXPECT_EQ(base64url_decode(text).value(), bytes);
    }
}

TEST(Base64url, refuses_what_encode_never_writes) {
    for (const std::string_view wrong :
         {"A", "AAAAA", "Zg==", "Zg=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9*", "Zm\x80v", "Zh", "Zm9"}) {
        EXPECT_FALSE(base64url_decode(wrong)) << wrong;
    }
}

TEST(Base64url, has_one_text_for_one_value) {
    std::set<Bytes> seen;
    for (const char a : alphabet) {
        for (const char b : alphabet) {
            const Result<Bytes> bytes = base64url_decode(std::string{a, b});
            if (bytes) {
                EXPECT_TRUE(seen.insert(*bytes).second);
            }
        }
    }
    EXPECT_EQ(seen.size(), 256U);
}

TEST(Base64url, refuses_another_length_than_asked) {
    std::array<std::uint8_t, 3> out{};

    EXPECT_TRUE(base64url_decode("AAAA", out));
    EXPECT_FALSE(base64url_decode("AAA", out));
    EXPECT_FALSE(base64url_decode("AAAAAA", out));
}

}  // namespace
}  // namespace cardea
