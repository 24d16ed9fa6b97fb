// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base32.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace cardea {
namespace {

constexpr Base32Reading strict = Base32Reading::strict;
constexpr Base32Reading lenient = Base32Reading::lenient;

/// RFC 4648 section 10.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> rfc4648{
    {{"", ""},
     {"f", "MY======"},
     {"fo", "MZXQ===="},
     {"foo", "MZXW6==="},
     {"foob", "MZXW6YQ="},
     {"fooba", "MZXW6YTB"},
     {"foobar", "MZXW6YTBOI======"}}
};

std::string decoded(std::string_view text, Base32Reading reading) {
    const Result<Bytes> bytes = base32_decode(text, reading);
    EXPECT_TRUE(bytes) << text;
    return bytes ? std::string(as_text(*bytes)) : "";
}

TEST(Base32, agrees_with_the_vectors_of_rfc_4648) {
    for (const auto& [plain, padded] : rfc4648) {
        const std::string_view text = padded.substr(0, padded.find('='));
        EXPECT_EQ(base32_encode(as_bytes(plain)), text);
        EXPECT_EQ(decoded(padded, strict), plain);
        EXPECT_EQ(decoded(text, strict), plain);
        EXPECT_EQ(decoded(padded, lenient), plain);
        EXPECT_EQ(decoded(text, lenient), plain);
    }
}

TEST(Base32, strict_refuses_what_no_encoder_writes) {
    for (const std::string_view wrong :
         {"my",
          "MY=",
          "MY=====",
          "MY=======",
          "MY======MY======",
          "MZXW6YTB========",
          "========",
          "M=Y=====",
          "MY======\n",
          "MZXW 6YTB",
          "MZXW-6YTB",
          "M1",
          "M0",
          "M8",
          "MZ",
          "M",
          "MZX",
          "MZXW6Y"}) {
        const Result<Bytes> bytes = base32_decode(wrong, strict);
        ASSERT_FALSE(bytes) << wrong;
        EXPECT_EQ(bytes.error().code, Errc::malformed);
    }
}

TEST(Base32, lenient_reads_what_people_copy) {
    for (const std::string_view text :
         {"mzxw6ytboi", "MZXW 6YTB OI", "mzxw-6ytb-oi", " MzXw6YtBoI= ", "MZXW6YTBOI======", "MZXW6YTBOI=-="
         }) {
        EXPECT_EQ(decoded(text, lenient), "foobar") << text;
    }
}

TEST(Base32, lenient_still_refuses_what_is_no_base32) {
    for (const std::string_view wrong : {"M1", "MZ", "M", "MY==MY", "MY\n", "MY\t", "M\xc3\xa9"}) {
        EXPECT_FALSE(base32_decode(wrong, lenient)) << wrong;
    }
}

TEST(Crockford32, lenient_reads_what_people_type) {
    std::array<std::uint8_t, 5> bytes{};
    for (const std::string_view text :
         {"0123-abcd", "0123ABCD", "oi23abcd", " OL23 - AbCd ", "0-1-2-3-a-b-c-d"}) {
        ASSERT_TRUE(crockford32_decode(text, bytes, lenient)) << text;
        EXPECT_EQ(crockford32_encode(bytes), "0123abcd");
    }
    for (const std::string_view wrong : {"0123abcu", "0123abc", "0123abcd0", "0123abc=", "0123abc\n", ""}) {
        EXPECT_FALSE(crockford32_decode(wrong, bytes, lenient)) << wrong;
    }
    for (const std::string_view typed : {"0123-abcd", "0123ABCD", "o123abcd"}) {
        EXPECT_FALSE(crockford32_decode(typed, bytes)) << typed;
    }
}

}  // namespace
}  // namespace cardea
