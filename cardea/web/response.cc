// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/response.h"

#include "cardea/base/json_writer.h"
#include "cardea/http/headers.h"

#include <utility>

namespace cardea::web {

Response::Response(const html::Node& page, http::Status status)
    : http::Response(status, "text/html; charset=utf-8", html::render(page)) {}

Response::Response(const Json& json, http::Status status)
    : http::Response(status, "application/json", to_string(json)) {}

Response::Response(std::string text, http::Status status)
    : http::Response(status, "text/plain; charset=utf-8", std::move(text)) {}

Json json_object(std::initializer_list<std::pair<std::string_view, JsonValue>> members) {
    Json::Object object;
    object.reserve(members.size());
    for (const auto& [name, value] : members) {
        object.push_back({std::string(name), value.take()});
    }
    return Json(std::move(object));
}

http::Response redirect_to(std::string_view location) {
    http::Response response(http::Status::see_other);
    response.add_header("Location", http::is_header_value(location) ? location : "/");
    return response;
}

http::Response json(std::string text, http::Status status) {
    return {status, "application/json", std::move(text)};
}

http::Response page(std::string html, http::Status status) {
    return {status, "text/html; charset=utf-8", std::move(html)};
}

http::Response no_content() {
    return http::Response(http::Status::no_content);
}

}  // namespace cardea::web
