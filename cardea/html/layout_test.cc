// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/layout.h"

#include "cardea/html/tags.h"

#include <gtest/gtest.h>

namespace cardea::html {
namespace {

constexpr std::string_view begin =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";

TEST(Layouts, put_a_document_around_a_page) {
    const std::string page = render(layouts::plain("Tom & Ann", h1("Hello"), "there"));

    EXPECT_EQ(
        page,
        std::string(begin) +
            "<title>Tom &amp; Ann</title></head><body><main><h1>Hello</h1>there</main></body></html>"
    );
}

TEST(Layouts, put_everything_where_it_belongs) {
    const Node page = layouts::plain(
        "Page",
        footer("end"),
        script({.defer = true, .src = "/app.js"}),
        h1("Hello"),
        header("begin"),
        meta({.content = "noindex", .name = "robots"}),
        link({.href = "/icon.svg", .rel = "icon"}),
        div(header("within"))
    );

    EXPECT_EQ(
        render(page),
        std::string(begin) +
            "<title>Page</title><script src=\"/app.js\" defer></script>"
            "<meta name=\"robots\" content=\"noindex\"><link rel=\"icon\" href=\"/icon.svg\"></head>"
            "<body><header>begin</header><main><h1>Hello</h1><div><header>within</header></div></main>"
            "<footer>end</footer></body></html>"
    );
}

TEST(Layouts, name_their_style_sheet) {
    const layouts::Document look{.title = "A", .stylesheet = "/a.css", .main_class = "container"};

    EXPECT_EQ(
        render(layouts::document(look, list_of(p("text")))),
        std::string(begin) +
            "<title>A</title><link rel=\"stylesheet\" href=\"/a.css\"></head>"
            "<body><main class=\"container\"><p>text</p></main></body></html>"
    );
}

}  // namespace
}  // namespace cardea::html
