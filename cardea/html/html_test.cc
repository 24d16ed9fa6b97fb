// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/escape.h"
#include "cardea/html/tags.h"

#include <gtest/gtest.h>

#include <tuple>

namespace cardea::html {
namespace {

using namespace std::string_view_literals;

std::string text_of(const Node& node) {
    std::string text;
    node.append_to(text);
    return text;
}

TEST(Html, tags_are_functions) {
    const Node node = form(
        {.action = "/login", .method = "post"},
        label({.for_ = "email"}, "Email"),
        input({.id = "email", .name = "email", .required = true, .type = "email"}),
        button("Sign in"),
        br()
    );

    EXPECT_EQ(
        text_of(node),
        "<form method=\"post\" action=\"/login\"><label for=\"email\">Email</label>"
        "<input id=\"email\" type=\"email\" name=\"email\" required><button>Sign in</button><br></form>"
    );
}

TEST(Html, a_document_begins_with_its_doctype) {
    EXPECT_EQ(
        render(root({.lang = "en"}, head(title("a & b")), body())),
        "<!doctype html><html lang=\"en\"><head><title>a &amp; b</title></head><body></body></html>"
    );
}

TEST(Html, children_are_texts_strings_nodes_and_lists) {
    const std::string own = "<own>";
    std::vector<Node> items;
    items.push_back(li("1"));
    items.push_back(li("2"));

    EXPECT_EQ(
        text_of(
            div(own, std::string("<moved>"), "<view>"sv, Node(), ul(std::move(items)), fragment("a", em("b")))
        ),
        "<div>&lt;own&gt;&lt;moved&gt;&lt;view&gt;<ul><li>1</li><li>2</li></ul>a<em>b</em></div>"
    );
}

TEST(Html, nothing_refers_to_what_a_node_was_made_from) {
    Node node;
    {
        const std::string gone = "a text that is too long for the small string buffer";
        node =
            p({.id = std::string("an id that is too long for the small buffer, too")},
              std::string_view(gone));
    }

    EXPECT_EQ(
        text_of(node),
        "<p id=\"an id that is too long for the small buffer, too\">"
        "a text that is too long for the small string buffer</p>"
    );
}

TEST(Html, an_element_holds_small_and_large_children_in_their_order) {
    const std::string large(2000, 'x');
    std::vector<Node> items;
    items.push_back(li(large));
    items.push_back(li("1"));
    const Node node = ol("a", em("b"), std::move(items), "c", em(large), Node(), "d");

    EXPECT_EQ(text_of(node), "<ol>a<em>b</em><li>" + large + "</li><li>1</li>c<em>" + large + "</em>d</ol>");
    EXPECT_EQ(node.size(), text_of(node).size());
}

TEST(Html, attributes_cannot_be_left) {
    EXPECT_EQ(
        text_of(input({.name = "a", .value = "\"><script>alert('1')</script>&"})),
        "<input name=\"a\" value=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\">"
    );
    EXPECT_EQ(text_of(img({.alt = "", .src = "/a.png"})), "<img alt=\"\" src=\"/a.png\">");
    EXPECT_EQ(
        text_of(div({.aria = {{"label", "\""}}, .data = {{"a-1", "<"}}, .hidden = true})),
        "<div hidden aria-label=\"&quot;\" data-a-1=\"&lt;\"></div>"
    );
}

TEST(Html, an_attribute_that_is_not_given_is_left_out) {
    EXPECT_EQ(
        text_of(input({.aria = {{"label", ""}, {"describedby", Attributes::Text()}}, .id = Attributes::Text()}
        )),
        "<input aria-label=\"\">"
    );
}

TEST(HtmlDeathTest, a_made_up_attribute_name_aborts) {
    EXPECT_DEATH(std::ignore = div({.data = {{"x onclick", "1"}}}), "name");
}

TEST(Html, links_stay_on_the_web) {
    for (const std::string_view url :
         {"/"sv,
          "/a/b?c=d&e#f"sv,
          "#top"sv,
          "?page=2"sv,
          "next"sv,
          "https://a.test/"sv,
          "http://a.test"sv,
          "mailto:a@b.test"sv,
          "otpauth://totp/a?secret=b"sv,
          "/a:b"sv,
          ""sv}) {
        EXPECT_TRUE(is_safe_link(url)) << url;
    }
    for (const std::string_view url :
         {"javascript:alert(1)"sv,
          "JavaScript:alert(1)"sv,
          "java\tscript:alert(1)"sv,
          "\njavascript:alert(1)"sv,
          " javascript:alert(1)"sv,
          "\x01javascript:alert(1)"sv,
          "java\0script:alert(1)"sv,
          "data:text/html,x"sv,
          "vbscript:x"sv,
          "//evil.test"sv,
          "/\\evil.test"sv,
          "\\\\evil.test"sv,
          "/\t/evil.test"sv,
          "file:///etc"sv,
          "blob:x"sv,
          "HTTPS:x"sv,
          ":"sv}) {
        EXPECT_FALSE(is_safe_link(url)) << url;
    }
    EXPECT_EQ(text_of(a({.href = "javascript:alert(1)"}, "x")), "<a href=\"about:invalid\">x</a>");
    EXPECT_EQ(text_of(form({.action = "//evil.test"})), "<form action=\"about:invalid\"></form>");
    EXPECT_EQ(
        text_of(button({.formaction = "javascript:alert(1)"})),
        "<button formaction=\"about:invalid\"></button>"
    );
    EXPECT_EQ(
        text_of(script({.src = "data:text/javascript,alert(1)"})), "<script src=\"about:invalid\"></script>"
    );
}

TEST(Html, pictures_may_lie_in_the_page) {
    EXPECT_TRUE(is_safe_source("data:image/png;base64,AAAA"));
    EXPECT_TRUE(is_safe_source("/logo.svg"));
    EXPECT_FALSE(is_safe_source("data:text/html,x"));
    EXPECT_FALSE(is_safe_source("mailto:a@b.test"));
    EXPECT_FALSE(is_safe_link("data:image/svg+xml,x"));
}

TEST(Html, raw_is_the_only_way_around) {
    EXPECT_EQ(text_of(div(raw("<b>ours</b>"))), "<div><b>ours</b></div>");
}

TEST(Html, a_text_area_keeps_its_first_line_end) {
    EXPECT_EQ(text_of(textarea("\n</textarea>")), "<textarea>\n\n&lt;/textarea&gt;</textarea>");
}

TEST(Html, control_characters_are_replaced) {
    EXPECT_EQ(
        text_of(p("a\0b\x1b\x7f\tc\n"sv)),
        "<p>a\xef\xbf\xbd"
        "b\xef\xbf\xbd\xef\xbf\xbd\tc\n</p>"
    );
}

}  // namespace
}  // namespace cardea::html
