// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/router.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;

Router make_router() {
    Router router;
    EXPECT_TRUE(router.add(Method::get, "/", 0));
    EXPECT_TRUE(router.add(Method::get, "/users/me", 1));
    EXPECT_TRUE(router.add(Method::get, "/users/{id}", 2));
    EXPECT_TRUE(router.add(Method::delete_, "/users/{id}", 3));
    EXPECT_TRUE(router.add(Method::get, "/users/{id}/keys/{key}", 4));
    EXPECT_TRUE(router.add(Method::get, "/users/me/{thing}", 5));
    EXPECT_TRUE(router.add(Method::post, "/login", 6));
    return router;
}

Router::RouteNumber find(const Router& router, Method method, std::string_view path) {
    PathParams params;
    const Router::Endpoint* endpoint = router.resolve(path, params);
    return endpoint == nullptr ? Router::none : endpoint->route(method);
}

TEST(Router, finds_patterns_without_parameters) {
    const Router router = make_router();

    EXPECT_EQ(find(router, Method::get, "/"), 0);
    EXPECT_EQ(find(router, Method::get, "/users/me"), 1);
    EXPECT_EQ(find(router, Method::post, "/login"), 6);
}

TEST(Router, gives_what_the_parameters_matched) {
    const Router router = make_router();
    PathParams params;

    const Router::Endpoint* endpoint = router.resolve("/users/u1/keys/k2", params);

    ASSERT_NE(endpoint, nullptr);
    EXPECT_EQ(endpoint->route(Method::get), 4);
    ASSERT_EQ(params.count, 2U);
    EXPECT_EQ(params.values[0], "u1");
    EXPECT_EQ(params.values[1], "k2");
}

TEST(Router, goes_back_from_a_literal_that_leads_nowhere) {
    const Router router = make_router();
    PathParams params;

    const Router::Endpoint* endpoint = router.resolve("/users/me/keys/k2", params);

    ASSERT_NE(endpoint, nullptr);
    EXPECT_EQ(endpoint->route(Method::get), 4);
    ASSERT_EQ(params.count, 2U);
    EXPECT_EQ(params.values[0], "me");
    EXPECT_EQ(find(router, Method::get, "/users/me/keys"), 5);
}

TEST(Router, lets_the_most_specific_pattern_own_the_path) {
    const Router router = make_router();

    // DELETE /users/{id} must not be reached through the literal's path.
    EXPECT_EQ(find(router, Method::delete_, "/users/me"), Router::none);
    EXPECT_EQ(find(router, Method::delete_, "/users/you"), 3);
}

TEST(Router, answers_head_with_get_and_says_what_is_allowed) {
    const Router router = make_router();
    PathParams params;

    EXPECT_EQ(find(router, Method::head, "/users/u1"), 2);
    EXPECT_EQ(find(router, Method::head, "/login"), Router::none);
    EXPECT_EQ(router.resolve("/users/u1", params)->allow(), "GET, HEAD, DELETE, OPTIONS");
    EXPECT_EQ(router.resolve("/login", params)->allow(), "POST, OPTIONS");
}

TEST(Router, finds_nothing_where_there_is_nothing) {
    const Router router = make_router();

    for (const std::string_view path :
         {"",
          "*",
          "/users",
          "/users/",
          "/users//keys/k",
          "/users/u1/",
          "/users/u1/keys",
          "/users/u1/keys/",
          "/login/",
          "/Login",
          "//",
          "/users/u1/keys/k/x"}) {
        EXPECT_EQ(find(router, Method::get, path), Router::none) << path;
    }
}

TEST(Router, refuses_patterns_that_are_none) {
    for (const std::string_view pattern :
         {"",
          "users",
          "/users/",
          "//",
          "/a//b",
          "/{",
          "/{}",
          "/{a}{b}",
          "/x{a}",
          "/{a}/{a}",
          "/{A}",
          "/{a}/{b}/{c}/{d}/{e}"}) {
        EXPECT_FALSE(parse_pattern(pattern)) << pattern;
    }
}

TEST(Router, refuses_the_same_route_twice) {
    Router router = make_router();

    const Result<> literal = router.add(Method::get, "/users/me", 9);
    const Result<> renamed = router.add(Method::get, "/users/{other}", 9);

    ASSERT_FALSE(literal);
    ASSERT_FALSE(renamed);
    EXPECT_EQ(literal.error().code, Errc::conflict);
    EXPECT_EQ(renamed.error().code, Errc::conflict);
}

}  // namespace
}  // namespace cardea::web
