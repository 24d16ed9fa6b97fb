// SPDX-License-Identifier: Apache-2.0
// One of everything in each layout, for layouts.test.mjs.
#include "cardea/html/tags.h"
#include "cardea/web/app.h"
#include "cardea/web/layouts.h"

namespace {

using namespace cardea;

html::Node words() {
    return html::article(
        html::h2("Words"),
        html::p(
            "A text with ",
            html::a({.href = "/picocss"}, "a link"),
            ", ",
            html::strong("strong"),
            ", ",
            html::em("em"),
            ", ",
            html::small("small"),
            ", ",
            html::code("code"),
            ", ",
            html::kbd("Esc"),
            " and ",
            html::mark("mark"),
            "."
        ),
        html::h3("Smaller"),
        html::ul(html::li("An item"), html::li(html::a({.href = "/mvpcss"}, "An item that leads on"))),
        html::pre(html::code("int main() { return 0; }")),
        html::blockquote("A quote", html::footer("Somebody")),
        html::figure(html::pre("A figure"), html::figcaption("Below it")),
        html::details({.open = true}, html::summary("Details"), html::p("More")),
        html::hr(),
        html::p(
            html::a({.href = "/mvpcss"}, html::strong("A link as a button")),
            " ",
            html::a({.href = "/mvpcss"}, html::em("and another"))
        ),
        html::aside(html::p("Beside it, ", html::a({.href = "/mvpcss"}, "with a link"), "."))
    );
}

html::Node numbers() {
    return html::table(
        html::thead(html::tr(html::th({.scope = "col"}, "Item"), html::th({.scope = "col"}, "Count"))),
        html::tbody(
            html::tr(html::td("Hinge"), html::td("1")),
            html::tr(
                html::td(html::a({.href = "/mvpcss"}, "Door")),
                html::td(html::small("2"), " ", html::code("3"))
            )
        )
    );
}

html::Node fields() {
    return html::form(
        {.action = "/mvpcss", .method = "post"},
        html::label({.for_ = "name"}, "Name"),
        html::input({.id = "name", .name = "name", .placeholder = "Ada", .type = "text"}),
        html::label({.for_ = "password"}, "Password"),
        html::input({.id = "password", .name = "password", .type = "password", .value = "hinge"}),
        html::label({.for_ = "kind"}, "Kind"),
        html::select({.id = "kind", .name = "kind"}, html::option("Door"), html::option("Gate")),
        html::label({.for_ = "text"}, "Text"),
        html::textarea({.id = "text", .name = "text"}, "A text"),
        html::input({.checked = true, .id = "keep", .name = "keep", .type = "checkbox"}),
        html::label({.for_ = "keep"}, "Keep me signed in"),
        html::button({.type = "submit"}, "Send")
    );
}

/// What a layout makes of it all.
std::vector<html::Node> everything() {
    return html::list_of(
        html::header(
            {.class_ = "container"},
            html::nav(
                html::ul(html::li(html::strong("Doors"))),
                html::ul(html::li(html::a({.href = "/picocss"}, "Elsewhere")))
            )
        ),
        html::h1("One of everything"),
        words(),
        numbers(),
        fields(),
        html::footer({.class_ = "container"}, html::small("The end"))
    );
}

}  // namespace

int main() {
    web::App app;
    app.get("/mvpcss", [] { return web::layouts::mvpcss_document("MVP.css", everything()); });
    app.get("/picocss", [] { return web::layouts::picocss_document("Pico CSS", everything()); });
    return app.run();
}
