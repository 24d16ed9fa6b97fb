// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/request.h"
#include "cardea/http/response.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::http {
namespace {

TEST(Request, finds_a_header_whatever_its_case) {
    const std::array headers = {Header{"Host", "a.test"}, Header{"COOKIE", "x=1"}};
    const Request request{.headers = headers};

    EXPECT_EQ(request.header("host"), "a.test");
    EXPECT_EQ(request.header("Cookie"), "x=1");
    EXPECT_EQ(request.header("Cooki"), "");
}

TEST(Method, comes_back_from_its_name) {
    for (const Method method :
         {Method::get,
          Method::head,
          Method::post,
          Method::put,
          Method::patch,
          Method::delete_,
          Method::options}) {
        EXPECT_EQ(find_method(name(method)), method);
    }
    EXPECT_EQ(find_method("get"), std::nullopt);
    EXPECT_EQ(find_method("TRACE"), std::nullopt);
    EXPECT_EQ(find_method(""), std::nullopt);
}

TEST(Response, writes_header_lines_as_they_go_on_the_wire) {
    Response response(Status::ok, "text/plain", std::string("hello"));
    response.add_header("Vary", "Cookie");

    EXPECT_EQ(response.header_lines(), "Content-Type: text/plain\r\nVary: Cookie\r\n");
    EXPECT_EQ(response.body(), "hello");
    EXPECT_EQ(response.header("vary"), "Cookie");
    EXPECT_EQ(response.header("Var"), "");
}

TEST(Response, owns_text_alone) {
    const auto shared = std::make_shared<const std::string>("shared");

    EXPECT_GE(Response(Status::ok, "a/b", std::string(100, 'o')).owned_bytes(), 100U);
    EXPECT_EQ(Response(Status::ok, "a/b", shared).owned_bytes(), 0U);
    EXPECT_EQ(Response(Status::ok, "a/b", std::string_view("lasting")).owned_bytes(), 0U);
}

TEST(Response, replaces_every_line_of_a_name) {
    Response response(Status::see_other);
    response.add_header("X-A", "1");
    response.add_header("x-a", "2");
    response.add_header("X-B", "3");
    response.add_header("X-A", "4");

    response.set_header("X-A", "5");

    EXPECT_EQ(response.header_lines(), "X-B: 3\r\nX-A: 5\r\n");
}

TEST(Response, shows_all_three_kinds_of_body) {
    const auto shared = std::make_shared<const std::string>("shared");

    EXPECT_EQ(Response(Status::ok, "a/b", shared).body(), "shared");
    EXPECT_EQ(Response(Status::ok, "a/b", std::string_view("still")).body(), "still");
    EXPECT_EQ(Response(Status::ok, "a/b", std::shared_ptr<const std::string>()).body(), "");
    EXPECT_EQ(Response(Status::no_content).body(), "");
}

TEST(ResponseDeathTest, a_split_header_is_a_bug_and_aborts) {
    Response response;

    EXPECT_DEATH(response.add_header("Location", "/\r\nSet-Cookie: a=b"), "is_header_value");
    EXPECT_DEATH(response.add_header("Bad name", "x"), "is_token");
}

TEST(Status, has_a_reason_phrase) {
    EXPECT_EQ(reason_phrase(Status::ok), "OK");
    EXPECT_EQ(reason_phrase(Status::service_unavailable), "Service Unavailable");
    EXPECT_EQ(reason_phrase(static_cast<Status>(299)), "");
}

}  // namespace
}  // namespace cardea::http
