// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/respond.h"

#include <utility>

namespace cardea::web {

http::Response redirect_to(std::string_view location) {
    http::Response response(http::Status::see_other);
    response.add_header("Location", location);
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
