// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/assets.h"

#include "cardea/web/app.h"
#include "tests/support/raw_request.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using testing::RawRequest;

constexpr EmbeddedBytes bytes_of(std::string_view text) {
    return {text.data(), text.data() + text.size()};
}

constexpr std::array table = {
    Asset{
        "style.css",
        "/assets/style-0011.css",
        "text/css; charset=utf-8",
        "0011",
        bytes_of("body{}"),
        bytes_of("BR"),
        bytes_of("GZ")
    },
    Asset{"dot.png", "/assets/dot-2233.png", "image/png", "2233", bytes_of("PNG"), {}, {}},
};

RawRequest get_style() {
    return {Method::get, "/assets/style-0011.css"};
}

TEST(Assets, may_be_kept_for_ever) {
    const Response response = answer_with(table[0], get_style());

    EXPECT_EQ(response.status(), Status::ok);
    EXPECT_EQ(response.body(), "body{}");
    EXPECT_EQ(response.header("Content-Type"), "text/css; charset=utf-8");
    EXPECT_EQ(response.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(response.header("ETag"), "\"0011\"");
    EXPECT_EQ(response.header("Vary"), "Accept-Encoding");
    EXPECT_EQ(response.header("Content-Encoding"), "");
}

TEST(Assets, come_in_the_coding_that_the_client_likes_best) {
    const Response br = answer_with(table[0], get_style().with("Accept-Encoding", "gzip, deflate, br"));
    const Response gzip = answer_with(table[0], get_style().with("Accept-Encoding", "gzip, br;q=0"));
    const Response plain = answer_with(
        table[1], RawRequest(Method::get, "/assets/dot-2233.png").with("Accept-Encoding", "gzip, br")
    );

    EXPECT_EQ(br.body(), "BR");
    EXPECT_EQ(br.header("Content-Encoding"), "br");
    EXPECT_EQ(br.header("ETag"), "\"0011-br\"");
    EXPECT_EQ(gzip.body(), "GZ");
    EXPECT_EQ(gzip.header("ETag"), "\"0011-gzip\"");
    EXPECT_EQ(plain.body(), "PNG");
    EXPECT_EQ(plain.header("Content-Encoding"), "");
}

TEST(Assets, are_not_sent_again_to_clients_that_have_them) {
    for (const std::string_view tags : {"\"0011\"", "W/\"0011\"", "\"x\", \"0011\"", "*"}) {
        const Response response = answer_with(table[0], get_style().with("If-None-Match", tags));
        EXPECT_EQ(response.status(), Status::not_modified) << tags;
        EXPECT_EQ(response.body(), "") << tags;
        EXPECT_EQ(response.header("ETag"), "\"0011\"") << tags;
    }
    const Response other = answer_with(table[0], get_style().with("If-None-Match", "\"0011-br\""));
    EXPECT_EQ(other.status(), Status::ok);
}

TEST(Assets, are_served_at_their_addresses_and_nowhere_else) {
    App app;
    serve_assets(app, table);
    ASSERT_TRUE(app.start());

    const Response found = *app.answer_at_once(get_style());
    EXPECT_EQ(found.status(), Status::ok);
    EXPECT_EQ(found.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(app.answer_at_once(RawRequest(Method::get, "/assets/style.css"))->status(), Status::not_found);
}

TEST(Assets, are_found_by_name) {
    EXPECT_EQ(asset_path(table, "dot.png"), "/assets/dot-2233.png");
}

}  // namespace
}  // namespace cardea::web
