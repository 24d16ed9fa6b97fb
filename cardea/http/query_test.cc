// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/query.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(Fields, are_decoded_once_and_keep_their_order) {
    const Result<Fields> fields = parse_fields("a=1&b=two+words&c%20d=%2Bx%3D%26&e&f=&a=2");

    ASSERT_TRUE(fields);
    ASSERT_EQ(fields->all().size(), 6U);
    EXPECT_EQ(fields->text("a"), "1");
    EXPECT_EQ(fields->text("b"), "two words");
    EXPECT_EQ(fields->text("c d"), "+x=&");
    EXPECT_EQ(fields->find("e"), "");
    EXPECT_EQ(fields->find("f"), "");
    EXPECT_EQ(fields->find("g"), std::nullopt);
    EXPECT_EQ(fields->list("a"), (std::vector<std::string_view>{"1", "2"}));
    EXPECT_EQ(fields->all()[5].value, "2");
}

TEST(Fields, keep_their_text_when_moved) {
    Result<Fields> parsed = parse_fields("a=b");
    ASSERT_TRUE(parsed);
    const Fields moved = std::move(*parsed);

    EXPECT_EQ(moved.text("a"), "b");
}

TEST(Fields, empty_text_has_none) {
    for (const std::string_view empty : {""sv, "&"sv, "&&&"sv}) {
        const Result<Fields> fields = parse_fields(empty);
        ASSERT_TRUE(fields);
        EXPECT_TRUE(fields->all().empty());
    }
}

TEST(Fields, raw_utf8_is_taken_as_it_is) {
    const Result<Fields> fields = parse_fields("name=J\xc3\xbcrgen&mark=%E2%82%AC");

    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->text("name"), "J\xc3\xbcrgen");
    EXPECT_EQ(fields->text("mark"), "\xe2\x82\xac");
}

TEST(Fields, refuse_bad_escapes_and_bytes) {
    for (const std::string_view wrong :
         {"a=%"sv,
          "a=%4"sv,
          "a=%zz"sv,
          "%=1"sv,
          "a=%00"sv,
          "a=\0"sv,
          "a=%c0%af"sv,
          "a=%ff"sv,
          "a=\xff"sv,
          "a=%ed%a0%80"sv}) {
        const Result<Fields> fields = parse_fields(wrong);
        ASSERT_FALSE(fields) << wrong;
        EXPECT_EQ(fields.error().code, Errc::malformed) << wrong;
    }
}

TEST(Fields, refuse_what_is_past_a_limit) {
    const FieldLimits limits{.count = 2, .name_bytes = 3, .value_bytes = 4};

    EXPECT_TRUE(parse_fields("abc=1234&b=2", limits));
    for (const std::string_view wrong : {"a=1&b=2&c=3"sv, "abcd=1"sv, "a=12345"sv, "a&b&c"sv}) {
        const Result<Fields> fields = parse_fields(wrong, limits);
        ASSERT_FALSE(fields) << wrong;
        EXPECT_EQ(fields.error().code, Errc::too_large) << wrong;
    }
}

TEST(Fields, a_repeated_name_can_be_refused) {
    const Result<Fields> fields = parse_fields("scope=a&scope=b&state=1");
    ASSERT_TRUE(fields);

    EXPECT_TRUE(fields->refuse_repeated({"scope"}));
    const Result<> refused = fields->refuse_repeated();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::invalid);
}

TEST(Fields, read_whole_numbers_only) {
    const Result<Fields> fields = parse_fields("a=-12&b=&c=1x&d=99999999999999999999&e=+1");
    ASSERT_TRUE(fields);

    EXPECT_EQ(*fields->integer("a"), -12);
    EXPECT_EQ(*fields->integer("b"), std::nullopt);
    EXPECT_EQ(*fields->integer("absent"), std::nullopt);
    EXPECT_FALSE(fields->integer("c"));
    EXPECT_FALSE(fields->integer("d"));
    EXPECT_FALSE(fields->integer("e"));
}

TEST(Fields, come_back_from_appended_text) {
    std::string text;
    append_field(text, "next", "/a b?c=d&e=f");
    append_field(text, "\xc3\xa9", "100%+1");

    EXPECT_EQ(text, "next=%2Fa%20b%3Fc%3Dd%26e%3Df&%C3%A9=100%25%2B1");
    const Result<Fields> fields = parse_fields(text);
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->text("next"), "/a b?c=d&e=f");
    EXPECT_EQ(fields->text("\xc3\xa9"), "100%+1");
}

}  // namespace
}  // namespace cardea::http
