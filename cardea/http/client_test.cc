// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/client.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

Url url() {
    return parse_url("https://id.example/token").value();
}

TEST(ClientRequest, carries_its_headers_and_body) {
    ClientRequest request = ClientRequest::post(url(), "text/plain", SecretText("hello"));
    request.add_header("Accept", "application/json");

    EXPECT_EQ(request.method(), Method::post);
    EXPECT_EQ(request.url(), url());
    EXPECT_EQ(request.body().expose(), "hello");
    EXPECT_EQ(request.header("content-type"), "text/plain");
    EXPECT_EQ(request.header("ACCEPT"), "application/json");
    EXPECT_EQ(request.header("Authorization"), "");
}

TEST(ClientRequestDeathTest, takes_no_header_that_would_be_two) {
    ClientRequest request = ClientRequest::get(url());

    EXPECT_DEATH(request.add_header("Accept", "a\r\nX: b"), "is_header_value");
    EXPECT_DEATH(request.add_header("Ac cept", "a"), "is_token");
}

TEST(ClientResponse, finds_headers_whatever_their_case) {
    const ClientResponse response(
        200, {{"cache-control", "no-store"}, {"X-A", "1"}, {"x-a", "2"}}, SecretText("{}")
    );

    EXPECT_EQ(response.header("Cache-Control"), "no-store");
    EXPECT_EQ(response.header("X-A"), "1");
    EXPECT_EQ(response.header("absent"), "");
    EXPECT_EQ(response.body(), "{}");
}

}  // namespace
}  // namespace cardea::http
