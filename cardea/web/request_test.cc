// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/request.h"

#include "tests/support/raw_request.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using testing::RawRequest;

TEST(Request, reads_query_and_cookies) {
    const RawRequest raw =
        RawRequest(Method::get, "/x?next=%2Faccount&a=1").with("Cookie", "theme=dark; a=b");
    Request request(raw);

    ASSERT_TRUE(request.query());
    EXPECT_EQ(request.query()->text("next"), "/account");
    EXPECT_EQ(request.cookie("theme").value(), std::optional<std::string_view>("dark"));
    EXPECT_EQ(request.cookie("Theme").value(), std::optional<std::string_view>());
}

TEST(Request, parses_each_part_once) {
    const RawRequest raw(Method::get, "/x?a=1");
    Request request(raw);

    EXPECT_EQ(&request.query(), &request.query());
    EXPECT_EQ(request.query()->all().data(), request.query()->all().data());
}

TEST(Request, refuses_a_query_that_names_a_field_twice) {
    const RawRequest raw(Method::get, "/x?next=/a&next=/b");
    Request request(raw);

    ASSERT_FALSE(request.query());
    EXPECT_EQ(request.query().error().code, Errc::invalid);
}

TEST(Request, gives_lists_to_who_asks_for_them) {
    const RawRequest raw = RawRequest(Method::post, "/x?a=1&a=2&b=3")
                               .with("Content-Type", "application/x-www-form-urlencoded")
                               .body("c=4&c=5");
    Request request(raw);

    EXPECT_EQ(request.query_with_lists()->list("a").size(), 2U);
    EXPECT_TRUE(request.query_with_lists()->is_repeated("a"));
    EXPECT_FALSE(request.query_with_lists()->is_repeated("b"));
    EXPECT_EQ(request.form_with_lists()->list("c").size(), 2U);
    ASSERT_FALSE(request.query());
    EXPECT_EQ(request.query().error().code, Errc::invalid);
    ASSERT_FALSE(request.form());
    EXPECT_EQ(request.form().error().code, Errc::invalid);
}

TEST(Request, takes_forms_and_json_only_by_their_content_type) {
    const RawRequest form =
        RawRequest(Method::post, "/x").with("Content-Type", "application/x-www-form-urlencoded").body("a=1");
    const RawRequest json = RawRequest(Method::post, "/x")
                                .with("Content-Type", "application/json; charset=utf-8")
                                .body(R"({"a":1})");
    Request from_form(form);
    Request from_json(json);

    ASSERT_TRUE(from_form.form());
    EXPECT_EQ(from_form.form()->text("a"), "1");
    ASSERT_FALSE(from_form.json());
    EXPECT_EQ(from_form.json().error().code, Errc::unsupported_media_type);
    ASSERT_TRUE(from_json.json());
    EXPECT_EQ(from_json.json()->find("a")->as_integer(), 1);
    EXPECT_TRUE(from_json.has_json());
    ASSERT_FALSE(from_json.form());
    EXPECT_EQ(from_json.form().error().code, Errc::unsupported_media_type);
}

TEST(Request, takes_no_body_that_is_encoded) {
    const RawRequest form = RawRequest(Method::post, "/x")
                                .with("Content-Type", "application/x-www-form-urlencoded")
                                .with("Content-Encoding", "gzip")
                                .body("a=1");
    const RawRequest json = RawRequest(Method::post, "/x")
                                .with("Content-Type", "application/json")
                                .with("Content-Encoding", "gzip")
                                .body("{}");
    Request from_form(form);
    Request from_json(json);

    ASSERT_FALSE(from_form.form());
    EXPECT_EQ(from_form.form().error().code, Errc::unsupported_media_type);
    ASSERT_FALSE(from_json.json());
    EXPECT_EQ(from_json.json().error().code, Errc::unsupported_media_type);
}

TEST(Request, reports_a_body_that_is_no_json) {
    const RawRequest raw = RawRequest(Method::post, "/x").with("Content-Type", "application/json").body("{");
    Request request(raw);

    ASSERT_FALSE(request.json());
    EXPECT_EQ(request.json().error().code, Errc::malformed);
}

TEST(Request, has_nobody_signed_in_and_no_csrf_token_by_itself) {
    const RawRequest raw(Method::get, "/");
    Request request(raw);

    EXPECT_EQ(request.account_session(), nullptr);
    EXPECT_EQ(request.user(), nullptr);
    EXPECT_EQ(request.csrf_token(), "");
}

}  // namespace
}  // namespace cardea::web
