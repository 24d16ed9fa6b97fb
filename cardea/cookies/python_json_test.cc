// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/python_json.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <utility>

namespace cardea::cookies {
namespace {

using testing::parsed;
using Style = PythonJsonStyle;

TEST(PythonJson, puts_spaces_where_python_does) {
    const Json json = parsed(R"({"b":[1,2,{}],"a":null,"c":[],"d":true})");

    EXPECT_EQ(to_python_json(json), R"({"b": [1, 2, {}], "a": null, "c": [], "d": true})");
    EXPECT_EQ(
        to_python_json(json, {.spacing = Style::Spacing::compact}),
        R"({"b":[1,2,{}],"a":null,"c":[],"d":true})"
    );
}

TEST(PythonJson, sorts_the_members_of_every_object) {
    const Json json = parsed(R"({"b":{"z":1,"\u00e9":2,"Z":3},"a":4})");

    EXPECT_EQ(
        to_python_json(json, {.key_order = Style::KeyOrder::sorted}),
        R"({"a": 4, "b": {"Z": 3, "z": 1, "\u00e9": 2}})"
    );
}

TEST(PythonJson, escapes_what_python_escapes) {
    const Json json(std::string("\"\\/\b\f\n\r\t\x01\x7f<é☃😀"));

    EXPECT_EQ(to_python_json(json), R"("\"\\/\b\f\n\r\t\u0001\u007f<\u00e9\u2603\ud83d\ude00")");
    EXPECT_EQ(
        to_python_json(json, {.characters = Style::Characters::utf8}),
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f<é☃😀\""
    );
}

TEST(PythonJson, replaces_text_that_is_not_utf8) {
    EXPECT_EQ(to_python_json(Json(std::string("a\xff"))), R"("a\ufffd")");
}

// What repr() of Python 3.11 prints.
TEST(PythonJson, writes_floats_as_python_does) {
    const std::pair<double, const char*> cases[] = {
        {0.0, "0.0"},
        {-0.0, "-0.0"},
        {1.0, "1.0"},
        {-1.5, "-1.5"},
        {100000.0, "100000.0"},
        {123456789.125, "123456789.125"},
        {0.1, "0.1"},
        {0.0001, "0.0001"},
        {0.00012345, "0.00012345"},
        {0.00001, "1e-05"},
        {1.5e-7, "1.5e-07"},
        {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"},
        {1.2345e22, "1.2345e+22"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {5e-324, "5e-324"},
    };
    for (const auto& [number, text] : cases) {
        EXPECT_EQ(to_python_json(Json(number)), text);
    }
    EXPECT_EQ(to_python_json(Json(std::numeric_limits<double>::infinity())), "null");
}

TEST(PythonJson, writes_integers_of_64_bits) {
    EXPECT_EQ(to_python_json(Json(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
}

}  // namespace
}  // namespace cardea::cookies
