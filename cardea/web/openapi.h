// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/web/middleware.h"

#include <map>
#include <string>
#include <vector>

namespace cardea::web {

class Route;

/// What an API says about itself.
struct OpenApiInfo {
    std::string title;
    std::string version;
    std::string description;
    std::string server_url;  ///< "https://id.example.org"
    std::string license;     ///< SPDX id; may be empty
};

/// JSON Schemas (2020-12) by their names, as JSON texts.
using Schemas = std::map<std::string, std::string>;

/// Everything that the document is made of: the same table that serves.
struct OpenApiSource {
    const OpenApiInfo& info;
    std::vector<const Route*> routes;
    const Schemas& schemas;
    std::vector<SecurityScheme> security;
    bool has_csrf = false;  ///< unsafe requests may be refused as cross-site
};

/// The OpenAPI 3.1 document of all routes that are not hidden. Errc::config when a schema is no JSON object
/// or a route names one that is not there, and when two routes have one operationId.
[[nodiscard]] Result<std::string> make_openapi(const OpenApiSource& source);

}  // namespace cardea::web
