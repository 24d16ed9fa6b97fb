// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::web {

class App;

/// How the pages that show an OpenAPI document look.
struct DocsLook {
    std::string title = "API";
    std::string_view icon;  ///< the address of an SVG; empty: none
};

/// Serves the pages that show /openapi.json: /docs (Swagger UI) and /redoc, with everything they load. They
/// have a policy of their own, since both need inline styles; scripts stay ours alone. App::docs() does it
/// for a program's own routes; a program that does neither carries none of it.
void serve_docs(App& app, const DocsLook& look);

}  // namespace cardea::web
