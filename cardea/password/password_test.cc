// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/password.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

TEST(Password, keeps_what_was_typed) {
    EXPECT_EQ(Password::parse(" Correct  Horse\t").value().expose(), " Correct  Horse\t");
    EXPECT_EQ(Password::parse(std::string_view("a\0b", 3)).value().expose(), std::string_view("a\0b", 3));
}

TEST(Password, is_the_same_from_every_keyboard) {
    EXPECT_EQ(Password::parse("caf\u0065\u0301").value().expose(), "caf\u00e9");
    EXPECT_EQ(Password::parse("\u212b").value().expose(), "\u00c5");
    EXPECT_EQ(Password::parse("\u1112\u1161\u11ab").value().expose(), "\ud55c");
    EXPECT_EQ(Password::parse("\ufb01").value().expose(), "\ufb01");  // NFKC would make it "fi"
    EXPECT_EQ(Password::parse("\U0001f511").value().expose(), "\U0001f511");
}

TEST(Password, refuses_what_cannot_be_one) {
    EXPECT_EQ(Password::parse("").error().code, Errc::malformed);
    EXPECT_EQ(Password::parse("\xff").error().code, Errc::malformed);
    EXPECT_EQ(Password::parse("\xed\xa0\x80").error().code, Errc::malformed);
    EXPECT_EQ(Password::parse(std::string(1025, 'x')).error().code, Errc::password_too_long);
    EXPECT_EQ(Password::parse(std::string(1024, 'x')).value().expose().size(), 1024U);
}

TEST(Password, refuses_what_outgrows_the_limit_when_composed) {
    std::string text;
    for (int i = 0; i < 256; ++i) {
        text += "\U0001d15e";  // 4 bytes that become 8: excluded from composition
    }

    EXPECT_EQ(Password::parse(text).error().code, Errc::password_too_long);
}

}  // namespace
}  // namespace cardea::password
