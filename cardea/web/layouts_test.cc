// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/layouts.h"

#include "cardea/html/tags.h"
#include "cardea/web/app.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;

class PageLayouts : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.get("/mvpcss", [] { return layouts::mvpcss("MVP", html::h1("Hello")); });
        app_.get("/picocss", [] { return layouts::picocss("Pico", html::h1("Hello")); });
        ASSERT_TRUE(app_.start());
    }

    std::string get(std::string_view path) { return std::string(AppClient(app_).get(path).body()); }

    static std::string stylesheet_of(const std::string& page) {
        const std::size_t begin = page.find("/assets/");
        return page.substr(begin, page.find('"', begin) - begin);
    }

    App app_;
};

TEST_F(PageLayouts, serve_their_style_sheet_to_be_kept_for_ever) {
    for (const char* path : {"/mvpcss", "/picocss"}) {
        const http::Response style = AppClient(app_).get(stylesheet_of(get(path)));

        EXPECT_EQ(style.status(), Status::ok);
        EXPECT_EQ(style.header("Content-Type"), "text/css; charset=utf-8");
        EXPECT_EQ(style.header("Cache-Control"), "public, max-age=31536000, immutable");
    }
}

TEST_F(PageLayouts, keep_to_the_policy_of_pages) {
    for (const char* path : {"/mvpcss", "/picocss"}) {
        const std::string page = get(path);
        const std::string style = get(stylesheet_of(page));

        EXPECT_THAT(page, Not(HasSubstr("<style")));
        EXPECT_THAT(page, Not(HasSubstr("<script")));
        EXPECT_THAT(page, Not(HasSubstr("http")));
        EXPECT_THAT(style, Not(HasSubstr("url(\"data:")));
        EXPECT_THAT(style, Not(HasSubstr("@import")));
        EXPECT_THAT(style, Not(HasSubstr("url(\"http")));
    }
}

TEST_F(PageLayouts, serve_the_pictures_of_their_style_sheet) {
    const std::string style = get(stylesheet_of(get("/picocss")));
    const http::Response tick = AppClient(app_).get(stylesheet_of(style));

    EXPECT_EQ(tick.status(), Status::ok);
    EXPECT_EQ(tick.header("Content-Type"), "image/svg+xml");
}

TEST_F(PageLayouts, are_dark_where_the_browser_is) {
    EXPECT_THAT(
        get(stylesheet_of(get("/mvpcss"))),
        HasSubstr("@media (prefers-color-scheme: dark) {\n  :root {\n    color-scheme: dark;")
    );
}

}  // namespace
}  // namespace cardea::web
