// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/percent.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

std::string encoded(std::string_view text, std::string_view also_plain = {}) {
    std::string out;
    append_percent_encoded(out, text, also_plain);
    return out;
}

TEST(Percent, escapes_all_but_the_unreserved_characters) {
    EXPECT_EQ(encoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(encoded("a b/c+d&e:@"), "a%20b%2Fc%2Bd%26e%3A%40");
    EXPECT_EQ(encoded("a b/c", "/"), "a%20b/c");
    EXPECT_EQ(encoded("\xc3\xa9"), "%C3%A9");
}

TEST(Percent, decodes_what_it_encodes_and_nothing_else) {
    EXPECT_EQ(percent_decode(encoded("a b/c+d&e:@%\xff")), "a b/c+d&e:@%\xff");
    EXPECT_EQ(percent_decode("a+b%2b"), "a+b+");
    for (const std::string_view wrong : {"%", "%4", "%4g", "a%", "%%41"}) {
        EXPECT_EQ(percent_decode(wrong), std::nullopt) << wrong;
    }
}

}  // namespace
}  // namespace cardea::http
