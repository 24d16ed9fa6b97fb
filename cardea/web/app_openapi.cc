// SPDX-License-Identifier: Apache-2.0
// What an App has to do with its OpenAPI document.
#include "cardea/web/app.h"
#include "cardea/web/openapi.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cardea::web {

void App::schema(std::string name, std::string json) {
    schemas_.insert_or_assign(std::move(name), std::move(json));
}

void App::openapi(OpenApiInfo info) {
    openapi_info_ = std::move(info);
}

Result<> App::build_openapi() {
    if (!openapi_info_) {
        return {};
    }
    OpenApiSource source{*openapi_info_, {}, schemas_, {}, false};
    for (const auto& route : routes_) {
        source.routes.push_back(route.get());
    }
    for (const auto& middleware : middleware_) {
        std::ranges::move(middleware->security_schemes(), std::back_inserter(source.security));
        source.has_csrf = source.has_csrf || middleware->phase() == Middleware::Phase::csrf;
    }
    Result<std::string> document = make_openapi(source);
    if (!document) {
        return propagate(document);
    }
    openapi_document_ = std::move(*document);
    return {};
}

}  // namespace cardea::web
