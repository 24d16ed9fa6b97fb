// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"

namespace cardea::html {

// There is no `style`: pages have no inline style. `script` takes no children: a script has a file of its
// own.

/// The document and its head.
inline constexpr Tag root("html");
inline constexpr Tag head("head");
inline constexpr Tag title("title");
inline constexpr Tag body("body");
inline constexpr VoidTag meta("meta");
inline constexpr VoidTag link("link");

/// The parts of a page.
inline constexpr Tag header("header");
inline constexpr Tag main_("main");
inline constexpr Tag footer("footer");
inline constexpr Tag nav("nav");
inline constexpr Tag section("section");
inline constexpr Tag article("article");
inline constexpr Tag aside("aside");
inline constexpr Tag div("div");
inline constexpr Tag h1("h1");
inline constexpr Tag h2("h2");
inline constexpr Tag h3("h3");
inline constexpr Tag h4("h4");

/// Blocks of text and lists.
inline constexpr Tag p("p");
inline constexpr Tag pre("pre");
inline constexpr Tag blockquote("blockquote");
inline constexpr Tag ul("ul");
inline constexpr Tag ol("ol");
inline constexpr Tag li("li");
inline constexpr Tag dl("dl");
inline constexpr Tag dt("dt");
inline constexpr Tag dd("dd");
inline constexpr Tag figure("figure");
inline constexpr Tag figcaption("figcaption");
inline constexpr Tag details("details");
inline constexpr Tag summary("summary");
inline constexpr VoidTag hr("hr");

/// Words within a text, pictures.
inline constexpr Tag a("a");
inline constexpr Tag span("span");
inline constexpr Tag strong("strong");
inline constexpr Tag em("em");
inline constexpr Tag small("small");
inline constexpr Tag code("code");
inline constexpr Tag kbd("kbd");
inline constexpr Tag mark("mark");
inline constexpr Tag bdi("bdi");
inline constexpr Tag time("time");
inline constexpr VoidTag br("br");
inline constexpr VoidTag img("img");

/// Tables.
inline constexpr Tag table("table");
inline constexpr Tag caption("caption");
inline constexpr Tag thead("thead");
inline constexpr Tag tbody("tbody");
inline constexpr Tag tr("tr");
inline constexpr Tag th("th");
inline constexpr Tag td("td");

/// Forms and their controls.
inline constexpr Tag form("form");
inline constexpr Tag fieldset("fieldset");
inline constexpr Tag legend("legend");
inline constexpr Tag label("label");
inline constexpr Tag button("button");
inline constexpr Tag select("select");
inline constexpr Tag option("option");
inline constexpr Tag optgroup("optgroup");
inline constexpr Tag textarea("textarea");
inline constexpr Tag output("output");
inline constexpr VoidTag input("input");

/// A script of ours, by its file.
[[nodiscard]] inline Node script(const Attributes& attributes) {
    return Tag("script")(attributes);
}

}  // namespace cardea::html
