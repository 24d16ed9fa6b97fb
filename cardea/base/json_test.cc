// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json.h"

#include "cardea/base/json_writer.h"

#include <gtest/gtest.h>

#include <utility>

namespace cardea {
namespace {

Errc code_of(std::string_view text, const JsonLimits& limits = {}) {
    const Result<Json> json = parse_json(text, limits);
    EXPECT_FALSE(json) << text;
    return json ? Errc::internal : json.error().code;
}

TEST(Json, reads_every_kind) {
    const Json json =
        parse_json(R"({"a":null,"b":true,"c":-7,"d":1.5,"e":"x\u00e9\ud83d\udd11","f":[1,[]],"g":{}})")
            .value();

    EXPECT_TRUE(json.find("a")->is_null());
    EXPECT_EQ(json.find("b")->as_bool(), true);
    EXPECT_EQ(json.find("c")->as_integer(), -7);
    EXPECT_EQ(json.find("c")->as_number(), -7.0);
    EXPECT_EQ(json.find("d")->as_number(), 1.5);
    EXPECT_EQ(json.find_text("e"), "x\u00e9\U0001f511");
    EXPECT_EQ(json.find("f")->items().size(), 2U);
    EXPECT_TRUE(json.find("g")->is_object());
    EXPECT_EQ(json.members()[1].name, "b");
}

TEST(Json, answers_nothing_for_another_kind) {
    const Json json = parse_json(R"({"a":1})").value();

    EXPECT_EQ(json.find("b"), nullptr);
    EXPECT_EQ(json.find("a")->find("a"), nullptr);
    EXPECT_FALSE(json.find("a")->as_text());
    EXPECT_FALSE(json.find("a")->as_bool());
    EXPECT_FALSE(json.find_text("a"));
    EXPECT_FALSE(json.as_integer());
    EXPECT_FALSE(json.as_number());
    EXPECT_TRUE(json.items().empty());
}

TEST(Json, keeps_numbers_exact_or_refuses_them) {
    EXPECT_EQ(parse_json("9223372036854775807").value().as_integer(), INT64_MAX);
    EXPECT_EQ(parse_json("-9223372036854775808").value().as_integer(), INT64_MIN);
    EXPECT_EQ(parse_json("0.1").value().as_number(), 0.1);
    EXPECT_EQ(parse_json("1e2").value().as_number(), 100.0);
    for (const std::string_view wrong :
         {"9223372036854775808",
          "-9223372036854775809",
          "12345678901234567890123",
          "1e999",
          "-1e999",
          "1e-999"}) {
        EXPECT_EQ(code_of(wrong), Errc::malformed);
    }
}

TEST(Json, refuses_what_is_not_json) {
    for (const std::string_view wrong : {
             "",
             " ",
             "nul",
             "[1,]",
             "{\"a\":1,}",
             "{a:1}",
             "'a'",
             "01",
             "+1",
             ".5",
             "1.",
             "-",
             "NaN",
             "Infinity",
             "[1] 2",
             "{}{}",
             "// c\n1",
             "\xef\xbb\xbf"
             "1",
             "\"a\nb\"",
             "\"\\x\"",
             "\"\\ud800\"",
             "\"\\udc00\"",
             "\"\xff\"",
             "\"\xc0\xaf\"",
             "\"abc",
             "[",
             "{\"a\"}",
             "\"\t\"",
         }) {
        EXPECT_EQ(code_of(wrong), Errc::malformed);
    }
}

TEST(Json, refuses_a_member_that_comes_twice) {
    EXPECT_EQ(code_of(R"({"a":1,"a":2})"), Errc::malformed);
    EXPECT_EQ(code_of(R"({"a":1,"\u0061":2})"), Errc::malformed);
    EXPECT_TRUE(parse_json(R"({"a":{"a":1},"b":{"a":1}})"));
}

TEST(Json, refuses_what_exceeds_a_limit) {
    EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')));
    EXPECT_EQ(code_of(std::string(33, '[') + std::string(33, ']')), Errc::too_large);
    EXPECT_EQ(code_of("[1,2,3]", {.values = 3}), Errc::too_large);
    EXPECT_TRUE(parse_json("[1,2,3]", {.values = 4}));
    EXPECT_EQ(code_of("[1,2,3]", {.bytes = 6}), Errc::too_large);
    EXPECT_EQ(code_of(R"({"a":1,"b":2})", {.members = 1}), Errc::too_large);
}

TEST(Json, reads_text_that_arrives_in_parts) {
    const std::string long_text(10'000, 'x');

    const Json json = parse_json("[\"" + long_text + "\\n" + long_text + "\"]").value();

    EXPECT_EQ(json.items()[0].as_text(), long_text + "\n" + long_text);
}

TEST(Json, moves_and_copies) {
    Json json = parse_json(R"({"a":["secret"]})").value();
    const Json copy = json;

    const Json moved = std::move(json);

    EXPECT_EQ(moved, copy);
}

TEST(Json, changes_members_and_items_in_place) {
    Json json;

    json["cart"].push_back(Json(std::int64_t{1}));
    json["cart"].push_back(Json(std::int64_t{2}));
    json["name"] = Json(std::string("Ada"));
    json["name"] = Json(std::string("Grace"));

    EXPECT_EQ(to_string(json), R"({"cart":[1,2],"name":"Grace"})");
    EXPECT_TRUE(json.erase("cart"));
    EXPECT_FALSE(json.erase("cart"));
    EXPECT_EQ(to_string(json), R"({"name":"Grace"})");
}

TEST(Json, takes_an_item_out_of_its_place) {
    Json json = parse_json("[1,2,3]").value();

    EXPECT_TRUE(json.erase(1));
    EXPECT_TRUE(json.erase(0));
    EXPECT_FALSE(json.erase(1));
    EXPECT_EQ(to_string(json), "[3]");
    EXPECT_FALSE(Json().erase(0));
}

TEST(Json, replaces_what_is_of_another_kind) {
    Json json(std::string("text"));

    EXPECT_FALSE(json.erase("a"));
    json["a"]["b"] = Json(true);
    json["a"].push_back(Json(false));

    EXPECT_EQ(to_string(json), R"({"a":[false]})");
}

}  // namespace
}  // namespace cardea
