// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/docs.h"

#include "cardea/html/tags.h"
#include "cardea/web/app.h"
#include "cardea/web/assets.h"
#include "cardea/web/detail/docs_assets.h"
#include "cardea/web/response.h"

#include <initializer_list>
#include <utility>
#include <vector>

namespace cardea::web {
namespace {

constexpr std::string_view docs_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

struct DocsPage {
    std::string_view style;  ///< an asset, or empty
    std::initializer_list<std::string_view> scripts;
};

html::Node link_to(std::string_view rel, std::string_view address) {
    return address.empty() ? html::Node() : html::link({.href = address, .rel = rel});
}

std::string render(const DocsLook& look, const DocsPage& docs) {
    std::vector<html::Node> scripts;
    for (const std::string_view script : docs.scripts) {
        scripts.push_back(html::script({.defer = true, .src = asset_path(detail::docs_assets(), script)}));
    }
    const std::string_view style =
        docs.style.empty() ? std::string_view() : asset_path(detail::docs_assets(), docs.style);
    return html::render(html::root(
        {.lang = "en"},
        html::head(
            html::meta({.charset = "utf-8"}),
            html::meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
            html::title(look.title),
            link_to("icon", look.icon),
            link_to("stylesheet", style),
            html::Node(std::move(scripts))
        ),
        html::body(html::main_(html::div({.id = "docs"})))
    ));
}

/// The page never changes: it is rendered once.
Handler show(const DocsLook& look, const DocsPage& docs) {
    return [page = render(look, docs)](Request&) {
        http::Response response = web::page(page);
        response.set_header("Content-Security-Policy", docs_policy);
        return response;
    };
}

}  // namespace

void serve_docs(App& app, const DocsLook& look) {
    const DocsPage swagger{.style = "swagger-ui.css", .scripts = {"swagger-ui-bundle.js", "docs.js"}};
    const DocsPage redoc{.style{}, .scripts = {"redoc.standalone.js", "redoc.js"}};
    app.get("/docs", show(look, swagger)).anonymous().hidden();
    app.get("/redoc", show(look, redoc)).anonymous().hidden();
    serve_assets(app, detail::docs_assets());
}

void App::docs(OpenApiInfo info) {
    serve_docs(*this, {.title = info.title, .icon = {}});
    openapi(std::move(info));
}

}  // namespace cardea::web
