// SPDX-License-Identifier: Apache-2.0
// What the API says of a body that is not what it should be; tests/server/api.test.mjs has the API itself.
#include "tests/support/identity_fixture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;

class ApiTest : public IdentityTest {};

TEST_F(ApiTest, refuses_a_member_that_it_does_not_know_by_its_name) {
    register_anna();
    AppClient client(app_);
    const std::string credentials = R"("email":"anna@example.com","password":"tangerine parasol 42")";

    const http::Response mistyped =
        client.post_json("/api/v1/login", "{" + credentials + R"(,"remeber":true})");
    EXPECT_EQ(mistyped.status(), Status::unprocessable_content);
    EXPECT_THAT(
        text(mistyped),
        HasSubstr(R"("errors":[{"loc":["body","remeber"],"msg":"There is no such field.","type":"unknown"}])")
    );
    ASSERT_EQ(client.post_json("/api/v1/login", "{" + credentials + "}").status(), Status::ok);

    const http::Response key = client.post_json("/api/v1/api-keys", R"({"name":"x","expires":"7d"})");
    EXPECT_EQ(key.status(), Status::unprocessable_content);
    EXPECT_THAT(text(key), HasSubstr(R"("loc":["body","expires"])"));
    EXPECT_THAT(text(client.get("/api/v1/api-keys")), HasSubstr(R"("api_keys":[])"));
    EXPECT_EQ(
        client.post_json("/api/v1/api-keys", R"({"name":"x","lifetime":"7d"})").status(), Status::created
    );
}

TEST_F(ApiTest, tells_all_mistakes_at_once_and_of_a_long_name_the_beginning) {
    AppClient client(app_);

    const http::Response response = client.post_json(
        "/api/v1/register",
        R"({"e-mail":"anna@example.com","password":7,")" + std::string(200, 'x') + R"(":1})"
    );

    EXPECT_EQ(response.status(), Status::unprocessable_content);
    EXPECT_THAT(text(response), HasSubstr(R"("loc":["body","e-mail"])"));
    EXPECT_THAT(text(response), HasSubstr(R"("loc":["body","password"])"));
    EXPECT_THAT(text(response), HasSubstr("\"" + std::string(64, 'x') + "\""));
    EXPECT_THAT(text(response), Not(HasSubstr("anna")));
}

}  // namespace
}  // namespace cardea::identity
