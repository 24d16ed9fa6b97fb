// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/layout.h"

#include "cardea/html/tags.h"
#include "cardea/identity/assets.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"
#include "cardea/web/assets.h"

namespace cardea::identity {
namespace {

std::string_view path_of(std::string_view asset) {
    return web::asset_path(assets(), asset);
}

html::Node head(std::string_view title) {
    return html::head(
        html::meta({.charset = "utf-8"}),
        html::meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
        html::title(std::string(title) + " · " + std::string(messages.product)),
        html::link({.href = path_of("hinge.svg"), .rel = "icon", .type = "image/svg+xml"}),
        html::link({.href = stylesheet_path(), .rel = "stylesheet"}),
        html::script({.defer = true, .src = path_of("app.js")})
    );
}

/// Marked where one is; as "true", not "page", where one is on a page below it.
html::Node bar_link(std::string_view address, std::string_view text, std::string_view here) {
    if (here.starts_with(address)) {
        const std::string_view current = here == address ? "page" : "true";
        return html::a({.aria = {{"current", current}}, .href = address}, text);
    }
    return html::a({.href = address}, text);
}

html::Node sign_out_button(const Viewer& viewer) {
    return html::form(
        {.action = "/logout", .method = "post"},
        csrf_input(viewer.csrf_token),
        html::button({.class_ = "plain", .type = "submit"}, messages.sign_out)
    );
}

html::Node bar(const Frame& frame) {
    html::Node links = frame.viewer.signed_in ? html::nav(
                                                    {.aria = {{"label", messages.account}}},
                                                    bar_link("/account", messages.account, frame.path),
                                                    sign_out_button(frame.viewer)
                                                )
                                              : html::Node();
    return html::header(
        {.class_ = "bar"},
        html::a(
            {.class_ = "wordmark", .href = "/"},
            html::img({.alt = "", .height = "30", .src = path_of("hinge.svg"), .width = "30"}),
            messages.product
        ),
        std::move(links)
    );
}

}  // namespace

std::string_view stylesheet_path() {
    return path_of("style.css");
}

std::string render_page(const Frame& frame, html::Node content) {
    return html::render(html::root(
        {.lang = messages.language},
        head(frame.title),
        html::body(
            html::a({.class_ = "skip", .href = "#main"}, messages.skip_to_content),
            bar(frame),
            html::main_(
                {.class_ = frame.width == Width::narrow ? "narrow" : "wide", .id = "main"}, std::move(content)
            )
        )
    ));
}

}  // namespace cardea::identity
