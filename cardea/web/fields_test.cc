// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Everything {
    std::string name;
    SecretText password;
    std::int32_t count = 0;
    bool active = false;
    double ratio = 0;
    std::vector<std::string> tags;
    std::optional<std::string> nick;
    std::string role = "reader";

    void fields(auto& field) {
        field("name", name, {.max_length = 3})("password", password, {.min_length = 4})(
            "count", count, {.minimum = 1, .maximum = 9}
        )("active", active)("ratio", ratio)("tags", tags)("nick", nick)("role", role, {.required = false});
    }
};

std::vector<std::string> read(std::string_view json, Everything& target) {
    const Json object = parse_json(json).value();
    std::vector<FieldError> mistakes;
    FieldReader reader("body", &object, mistakes);
    target.fields(reader);
    std::vector<std::string> lines;
    for (const FieldError& mistake : mistakes) {
        lines.push_back(
            mistake.loc.at(0) + "." + mistake.loc.at(1) + " " + mistake.type + ": " + mistake.msg
        );
    }
    return lines;
}

TEST(Fields, are_read_from_json) {
    Everything value;

    EXPECT_THAT(
        read(
            R"({"name":"Ada","password":"secret","count":3,"active":true,"ratio":1,"tags":["a","b"],"nick":null})",
            value
        ),
        IsEmpty()
    );

    EXPECT_EQ(value.name, "Ada");
    EXPECT_EQ(value.password.expose(), "secret");
    EXPECT_EQ(value.count, 3);
    EXPECT_TRUE(value.active);
    EXPECT_EQ(value.ratio, 1.0);
    EXPECT_THAT(value.tags, ElementsAre("a", "b"));
    EXPECT_FALSE(value.nick);
    EXPECT_EQ(value.role, "reader");
}

TEST(Fields, that_are_missing_are_named_each) {
    Everything value;

    EXPECT_THAT(
        read("{}", value),
        ElementsAre(
            "body.name missing: Field required",
            "body.password missing: Field required",
            "body.count missing: Field required",
            "body.active missing: Field required",
            "body.ratio missing: Field required",
            "body.tags missing: Field required"
        )
    );
}

TEST(Fields, that_are_wrong_are_told_without_what_was_sent) {
    Everything value;

    EXPECT_THAT(
        read(
            R"({"name":"Grace","password":"x","count":10,"active":1,"ratio":"a","tags":[1],"nick":7})", value
        ),
        ElementsAre(
            "body.name string_too_long: String should have at most 3 characters",
            "body.password string_too_short: String should have at least 4 characters",
            "body.count less_than_equal: Input should be less than or equal to 9",
            "body.active bool_type: Input should be a valid boolean",
            "body.ratio float_type: Input should be a valid number",
            "body.tags string_type: Input should be a valid string",
            "body.nick string_type: Input should be a valid string"
        )
    );
}

TEST(Fields, count_code_points_and_not_bytes) {
    Everything value;

    EXPECT_THAT(
        read(R"({"name":"äöü","password":"äöüß","count":1,"active":true,"ratio":1,"tags":[]})", value),
        IsEmpty()
    );
}

TEST(Fields, of_forms_are_parsed_from_text) {
    const http::Fields form =
        http::parse_fields("name=Ada&password=secret&count=x&active=maybe&ratio=0.5&tags=a&tags=b").value();
    std::vector<FieldError> mistakes;
    FieldReader reader("body", &form, mistakes);
    Everything value;
    value.fields(reader);

    EXPECT_EQ(value.ratio, 0.5);
    EXPECT_THAT(value.tags, ElementsAre("a", "b"));
    ASSERT_EQ(mistakes.size(), 2U);
    EXPECT_EQ(mistakes[0].msg, "Input should be a valid integer, unable to parse string as an integer");
    EXPECT_EQ(mistakes[1].msg, "Input should be a valid boolean, unable to interpret input");
}

TEST(Fields, become_a_schema) {
    const std::string schema = object_schema(fields_of<Everything>());

    EXPECT_EQ(
        schema,
        R"({"type":"object","properties":{"name":{"type":"string","maxLength":3},)"
        R"("password":{"type":"string","format":"password","writeOnly":true,"minLength":4},)"
        R"("count":{"type":"integer","minimum":1,"maximum":9},"active":{"type":"boolean"},)"
        R"("ratio":{"type":"number"},"tags":{"type":"array","items":{"type":"string"}},)"
        R"("nick":{"type":"string"},"role":{"type":"string"}},)"
        R"("required":["name","password","count","active","ratio","tags"]})"
    );
}

}  // namespace
}  // namespace cardea::web
