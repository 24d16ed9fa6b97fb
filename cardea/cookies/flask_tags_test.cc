// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask_tags.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <utility>

namespace cardea::cookies {
namespace {

using testing::now;
using testing::parsed;

TEST(FlaskTags, are_written_as_flask_writes_them) {
    Json::Array items{Json(std::int64_t{1}), Json(std::int64_t{2})};
    Json::Object like_a_tag;
    like_a_tag.push_back({" t", Json(std::int64_t{1})});
    Json::Object plain;
    plain.push_back({"t", Json(std::int64_t{1})});
    Uuid uuid{};
    uuid.back() = 1;

    EXPECT_EQ(flask_tuple(std::move(items)), parsed(R"({" t":[1,2]})"));
    EXPECT_EQ(flask_bytes(Bytes{0, 1}), parsed(R"({" b":"AAE="})"));
    EXPECT_EQ(flask_markup("<b>"), parsed(R"({" m":"<b>"})"));
    EXPECT_EQ(flask_uuid(uuid), parsed(R"({" u":"00000000000000000000000000000001"})"));
    EXPECT_EQ(flask_datetime(now), parsed(R"({" d":"Tue, 14 Nov 2023 22:13:20 GMT"})"));
    EXPECT_EQ(flask_dict(std::move(like_a_tag)), parsed(R"({" di":{" t__":1}})"));
    EXPECT_EQ(flask_dict(std::move(plain)), parsed(R"({"t":1})"));
}

TEST(FlaskTags, are_refused_when_flask_could_not_read_them) {
    for (const char* value :
         {R"({" t":1})",
          R"({" b":"A"})",
          R"({" b":"===="})",
          R"({" b":1})",
          R"({" m":null})",
          R"({" u":"0000"})",
          R"({" u":"0000000000000000000000000000000G"})",
          R"({" d":"yesterday"})",
          R"({" d":"Wed, 14 Nov 2023 22:13:20 GMT"})",
          R"({" d":"Tue, 14 ovD 2023 22:13:20 GMT"})",
          R"({" d":"Thu, 31 Feb 2023 22:13:20 GMT"})",
          R"({" di":{}})",
          R"({" di":{"a__":1}})",
          R"({" di":{" t":1}})",
          R"({" di":1})",
          R"([{" t":1}])",
          R"({" di":{" t__":{" t":1}}})"}) {
        const Json session = parsed(std::string(R"({"a":)") + value + "}");
        EXPECT_FALSE(has_valid_flask_tags(session)) << value;
    }
    EXPECT_TRUE(has_valid_flask_tags(parsed(R"({" od":[["a",1]]})")));  // an application's own tag
    EXPECT_TRUE(has_valid_flask_tags(parsed(R"({" t":1," b":2})")));    // two members are no tag
}

}  // namespace
}  // namespace cardea::cookies
