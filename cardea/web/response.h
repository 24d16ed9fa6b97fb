// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/html/node.h"
#include "cardea/http/response.h"

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web {

/// What a handler answers: a response, or what one is made of. A node is a page, Json is JSON, and a text is
/// plain text, so that nothing a text holds becomes markup.
class Response : public http::Response {
 public:
    using http::Response::Response;
    // NOLINTBEGIN(google-explicit-constructor): `return html::p("Hello");`
    Response(http::Response response) noexcept : http::Response(std::move(response)) {}
    Response(const html::Node& page, http::Status status = http::Status::ok);
    Response(const Json& json, http::Status status = http::Status::ok);
    Response(std::string text, http::Status status = http::Status::ok);
    Response(std::string_view text, http::Status status = http::Status::ok)
        : Response(std::string(text), status) {}
    Response(const char* text, http::Status status = http::Status::ok)
        : Response(std::string(text), status) {}
    // NOLINTEND(google-explicit-constructor)
};

/// A value of a JSON object, for json_object().
class JsonValue {
 public:
    // NOLINTBEGIN(google-explicit-constructor): `{"active", true}`
    JsonValue(std::same_as<bool> auto value) : json_(value) {}
    JsonValue(std::integral auto value)
        requires(!std::same_as<decltype(value), bool>)
        : json_(static_cast<std::int64_t>(value)) {}
    JsonValue(double value) : json_(value) {}
    JsonValue(std::string value) : json_(std::move(value)) {}
    JsonValue(std::string_view value) : json_(std::string(value)) {}
    JsonValue(const char* value) : json_(std::string(value)) {}
    JsonValue(Json value) : json_(std::move(value)) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] Json take() const { return json_; }

 private:
    Json json_;
};

/// `json_object({{"username", user.name}, {"active", true}})`
[[nodiscard]] Json json_object(std::initializer_list<std::pair<std::string_view, JsonValue>> members);

/// 303: the browser fetches `location` with GET. The location is of our own making, or went through
/// safe_next(); one that cannot stand in a header becomes "/".
[[nodiscard]] http::Response redirect_to(std::string_view location);

/// A JSON text as the answer.
[[nodiscard]] http::Response json(std::string text, http::Status status = http::Status::ok);

/// An HTML document as the answer.
[[nodiscard]] http::Response page(std::string html, http::Status status = http::Status::ok);

/// 204: it was done, and there is nothing to say.
[[nodiscard]] http::Response no_content();

}  // namespace cardea::web
