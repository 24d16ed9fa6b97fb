// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/foreign.h"

#include "cardea/web/app.h"
#include "cardea/web/csrf.h"
#include "cardea/web/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using ::testing::ElementsAre;
using ::testing::FieldsAre;
using ::testing::HasSubstr;

Task<Response> greet(const User& user) {
    co_return Response("Hello, " + user.name);
}

class Foreign : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(sessions({.secret = SecretText("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM"), .store = memory_store()})
        );
        app_.post("/login", [](Request& request) {
            request.session().sign_in({.id = "ada", .name = "Ada", .scopes = {}});
            return redirect_to("/hello");
        });
        app_.get("/hello", requires_scopes("authenticated"), greet);
        app_.get("/where", [](Request& request) {
            std::string text(request.path());
            return text.append(" ").append(request.client_address()).append(" ").append(request.http().query);
        });
        ASSERT_TRUE(app_.start());
    }

    http::Response get(std::string_view target, std::vector<http::Header> more = {}) {
        return send("GET", target, std::move(more));
    }
    http::Response send(
        std::string_view method, std::string_view target, std::vector<http::Header> more = {}
    ) {
        more.insert(more.begin(), {"Host", host_});
        return app_.answer_for(
            {.method = method,
             .target = target,
             .headers = more,
             .body = body_,
             .client_address = "192.0.2.1",
             .body_bytes = body_bytes_}
        );
    }

    App app_{{.public_url = "https://example.com"}};
    std::string_view host_ = "Example.com";
    std::string_view body_;
    std::size_t body_bytes_ = ForeignRequest().body_bytes;
};

TEST_F(Foreign, requests_are_answered_and_signed_in) {
    EXPECT_EQ(get("/hello").status(), Status::unauthorized);

    const http::Response login = send("POST", "/login", {{"Sec-Fetch-Site", "same-origin"}});
    ASSERT_EQ(login.status(), Status::see_other);
    const std::string_view cookie =
        login.header("Set-Cookie").substr(0, login.header("Set-Cookie").find(';'));

    EXPECT_EQ(get("/hello", {{"Cookie", cookie}}).body(), "Hello, Ada");
}

TEST_F(Foreign, requests_are_checked_for_where_they_come_from) {
    EXPECT_EQ(send("POST", "/login", {{"Sec-Fetch-Site", "cross-site"}}).status(), Status::forbidden);
    EXPECT_EQ(send("POST", "/login").status(), Status::forbidden);
}

TEST_F(Foreign, requests_are_resolved_once) {
    EXPECT_EQ(get("/%77here?a=%20").body(), "/where 192.0.2.1 a=%20");
    for (const char* target : {"/a%2fwhere", "//where", "/a/../where", "/where;x", "where", ""}) {
        const http::Response refused = get(target);
        EXPECT_EQ(refused.status(), Status::bad_request) << target;
        EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
        EXPECT_THAT(std::string(refused.body()), HasSubstr("\"detail\":"));
    }
}

TEST_F(Foreign, absolute_forms_are_origin_forms_of_this_host) {
    EXPECT_EQ(get("https://example.com/%77here?a=%20").body(), "/where 192.0.2.1 a=%20");
    EXPECT_EQ(get("https://EXAMPLE.com:443/where").body(), "/where 192.0.2.1 ");
    for (const char* target :
         {"https://example.org/where", "https://a@example.com/where", "https://example.com/a/../where"}) {
        EXPECT_EQ(get(target).status(), Status::bad_request) << target;
    }
}

TEST_F(Foreign, refusals_are_pages_for_who_likes_them) {
    const http::Response refused = get("//where", {{"Accept", "text/html"}});

    EXPECT_EQ(refused.status(), Status::bad_request);
    EXPECT_EQ(refused.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(refused.header("Connection"), "close");
}

TEST_F(Foreign, requests_that_are_ambiguous_are_refused) {
    EXPECT_EQ(get("/where", {{"Cookie", "a=b"}, {"cookie", "c=d"}}).status(), Status::bad_request);
    EXPECT_EQ(get("/where", {{"Host", "example.com"}}).status(), Status::bad_request);
    EXPECT_EQ(send("get", "/where").status(), Status::bad_request);
    EXPECT_EQ(send("BREW", "/where").status(), Status::method_not_allowed);
}

TEST_F(Foreign, headers_that_are_none_are_refused) {
    const std::string_view nul("a\0b", 3);
    for (const http::Header& header : std::initializer_list<http::Header>{
             {"X-Name", "a\r\nX-Other: b"},
             {"X-Name", "a\nb"},
             {"X-Name", nul},
             {"X-Name", "a\x7f"},
             {"X Name", "a"},
             {" X-Name", "a"},
             {"X-Name:", "a"},
             {"", "a"},
         }) {
        const http::Response refused = get("/where", {header});
        EXPECT_EQ(refused.status(), Status::bad_request) << header.name << ": " << header.value;
        EXPECT_EQ(refused.header("Connection"), "close");
    }
    EXPECT_EQ(get("/where", {{"X-Name", "\tJos\xc3\xa9"}, {"X-None", ""}}).status(), Status::ok);
}

TEST_F(Foreign, bodies_that_were_not_read_are_refused) {
    for (const http::Header& header :
         std::initializer_list<http::Header>{{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}) {
        const http::Response refused = get("/where", {header});
        EXPECT_EQ(refused.status(), Status::bad_request) << header.name;
        EXPECT_EQ(refused.header("Connection"), "close");
    }
    EXPECT_EQ(get("/where", {{"Content-Length", "0"}}).status(), Status::ok);
    body_ = "12345";
    EXPECT_EQ(get("/where", {{"Content-Length", "5"}}).status(), Status::ok);
    EXPECT_EQ(get("/where", {{"Transfer-Encoding", "chunked"}}).status(), Status::ok);
    EXPECT_EQ(get("/where", {{"Content-Length", "4"}}).status(), Status::bad_request);
}

TEST_F(Foreign, bodies_that_were_compressed_are_refused) {
    body_ = "12345";
    const http::Response refused = get("/where", {{"Content-Length", "5"}, {"content-encoding", "gzip"}});
    EXPECT_EQ(refused.status(), Status::unsupported_media_type);
    EXPECT_EQ(refused.header("Connection"), "close");
}

TEST_F(Foreign, bodies_are_as_long_as_ours) {
    const std::string text(65 * 1024, 'x');
    body_ = std::string_view(text).substr(0, 64 * 1024);
    EXPECT_EQ(get("/where", {{"Content-Length", "65536"}}).status(), Status::ok);
    body_ = text;
    EXPECT_EQ(get("/where", {{"Content-Length", "66560"}}).status(), Status::content_too_large);
    EXPECT_EQ(get("/where", {{"Transfer-Encoding", "chunked"}}).status(), Status::content_too_large);
    body_bytes_ = text.size();
    EXPECT_EQ(get("/where", {{"Content-Length", "66560"}}).status(), Status::ok);
}

TEST_F(Foreign, hosts_are_refused) {
    host_ = "evil.test";
    EXPECT_EQ(get("/where").status(), Status::misdirected_request);
    host_ = "example.com:443";
    EXPECT_EQ(get("/where").status(), Status::ok);
}

TEST(HeadersOf, are_the_lines_of_an_answer) {
    http::Response response(Status::ok, "text/plain", std::string("body"));
    response.add_prepared_lines("X-Empty:\r\n");
    response.add_header("Set-Cookie", "a=b: c");
    response.add_header("Set-Cookie", "");

    EXPECT_THAT(
        headers_of(response),
        ElementsAre(
            FieldsAre("Content-Type", "text/plain"),
            FieldsAre("X-Empty", ""),
            FieldsAre("Set-Cookie", "a=b: c"),
            FieldsAre("Set-Cookie", "")
        )
    );
}

}  // namespace
}  // namespace cardea::web
