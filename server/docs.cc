// SPDX-License-Identifier: Apache-2.0
#include "server/docs.h"

#include "cardea/html/tags.h"
#include "cardea/web/assets.h"
#include "cardea/web/respond.h"
#include "server/assets.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::server {
namespace {

constexpr std::string_view docs_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

struct DocsPage {
    std::string_view title;
    std::string_view style;  ///< an asset, or empty
    std::initializer_list<std::string_view> scripts;
};

std::string render(const DocsPage& docs) {
    std::vector<html::Node> scripts;
    for (const std::string_view script : docs.scripts) {
        scripts.push_back(html::script({.defer = true, .src = web::asset_path(assets(), script)}));
    }
    html::Node style = docs.style.empty() ? html::Node()
                                          : html::link({
                                                .href = web::asset_path(assets(), docs.style),
                                                .rel = "stylesheet",
                                            });
    return html::render(html::root(
        {.lang = "en"},
        html::head(
            html::meta({.charset = "utf-8"}),
            html::meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
            html::title(docs.title),
            html::link({
                .href = web::asset_path(assets(), "hinge.svg"),
                .rel = "icon",
                .type = "image/svg+xml",
            }),
            std::move(style),
            html::Node(std::move(scripts))
        ),
        html::body(html::main_(html::div({.id = "docs"})))
    ));
}

/// The page never changes: it is rendered once.
web::Handler show(const DocsPage& docs) {
    return [page = render(docs)](web::Request&) {
        http::Response response = web::page(page);
        response.set_header("Content-Security-Policy", docs_policy);
        return response;
    };
}

}  // namespace

void add_docs(web::App& app) {
    const DocsPage swagger{
        .title = "Cardea API", .style = "swagger-ui.css", .scripts = {"swagger-ui-bundle.js", "docs.js"}
    };
    const DocsPage redoc{.title = "Cardea API", .style{}, .scripts = {"redoc.standalone.js", "redoc.js"}};
    app.get("/docs", show(swagger)).anonymous().hidden();
    app.get("/redoc", show(redoc)).anonymous().hidden();
}

}  // namespace cardea::server
