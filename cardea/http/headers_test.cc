// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/headers.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(HeaderText, compares_without_case_in_ascii_only) {
    EXPECT_TRUE(equals_ignoring_case("Content-Type", "content-TYPE"));
    EXPECT_FALSE(equals_ignoring_case("Content-Type", "Content-Typ"));
    EXPECT_FALSE(equals_ignoring_case("[", "{"));
    EXPECT_FALSE(equals_ignoring_case("\xc4", "\xe4"));
}

TEST(HeaderText, a_token_has_no_separator_and_is_not_empty) {
    EXPECT_TRUE(is_token("X-Auth_1!"));
    for (const std::string_view wrong : {""sv, "a b"sv, "a:b"sv, "a\r"sv, "a\0"sv, "\xc3\xa4"sv, "a,b"sv}) {
        EXPECT_FALSE(is_token(wrong)) << wrong;
    }
}

TEST(HeaderText, a_value_has_no_control_character) {
    EXPECT_TRUE(is_header_value("text/html; charset=utf-8"));
    EXPECT_TRUE(is_header_value(""));
    EXPECT_TRUE(is_header_value("J\xc3\xbcrgen\tM"));
    for (const std::string_view wrong : {"a\r\nB: c"sv, "a\n"sv, "a\0b"sv, "\x1b[0m"sv, "\x7f"sv}) {
        EXPECT_FALSE(is_header_value(wrong)) << wrong;
    }
}

TEST(HeaderText, lists_come_apart_at_the_separator) {
    std::string_view list = " a ,b,, c\t";

    EXPECT_EQ(take_list_member(list, ','), "a");
    EXPECT_EQ(take_list_member(list, ','), "b");
    EXPECT_EQ(take_list_member(list, ','), "");
    EXPECT_EQ(take_list_member(list, ','), "c");
    EXPECT_TRUE(list.empty());
}

TEST(BearerToken, is_what_stands_behind_the_scheme_in_any_case) {
    EXPECT_EQ(find_bearer_token("Bearer abc"), "abc");
    EXPECT_EQ(find_bearer_token("bEARER abc"), "abc");
    EXPECT_EQ(find_bearer_token("Bearer "), "");
    for (const std::string_view text : {"", "Bearer", "Bearerabc", "Basic abc", " Bearer abc", "abc"}) {
        EXPECT_EQ(find_bearer_token(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace cardea::http
