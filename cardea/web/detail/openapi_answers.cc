// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/openapi_answers.h"

#include "cardea/web/openapi.h"
#include "cardea/web/route.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cardea::web::detail {
namespace {

using http::Status;

struct Refusal {
    Status status;
    std::string_view description;
};

bool is_unsafe(http::Method method) noexcept {
    return method == http::Method::post || method == http::Method::put || method == http::Method::patch ||
           method == http::Method::delete_;
}

/// What the App and the reading of the request may refuse before the handler runs.
std::vector<Refusal> usual_refusals(const Route& route, const OpenApiSource& source) {
    const Takes& takes = route.handler().takes();
    const bool reads = takes.json || takes.form || !takes.query.empty();
    const bool has_body = takes.json || takes.form || !route.takes().empty();
    const bool asks_who = !route.is_anonymous();
    std::vector<Refusal> refusals;
    if (asks_who && !route.ignores_credential_errors() && !source.security.empty()) {
        refusals.push_back({Status::bad_request, "It cannot be read, or there are two credentials."});
    } else if (has_body || reads) {
        refusals.push_back({Status::bad_request, "It cannot be read."});
    }
    if (route.needs_sign_in()) {
        refusals.push_back({Status::unauthorized, "Nobody is signed in."});
    }
    if (asks_who && source.has_csrf && is_unsafe(route.method())) {
        refusals.push_back({Status::forbidden, "It came from another site (code csrf_rejected)."});
    }
    if (has_body) {
        refusals.push_back({Status::content_too_large, "The body is too long."});
    }
    if (!route.takes().empty()) {
        refusals.push_back({Status::unsupported_media_type, "The body is not application/json."});
    }
    if (reads) {
        refusals.push_back({Status::unprocessable_content, "Something is missing or not acceptable."});
    }
    return refusals;
}

bool has_answer(const Route& route, Status status) {
    return std::ranges::find(route.answers(), status, &RouteAnswer::status) != route.answers().end();
}

void write_header(
    JsonWriter& json, std::string_view name, std::string_view description, std::string_view type = "string"
) {
    json.key(name).begin_object().member("description", description);
    json.key("schema").begin_object().member("type", type).end_object().end_object();
}

void write_headers(JsonWriter& json, const RouteAnswer& answer) {
    const bool is_401 = answer.status == Status::unauthorized;
    const bool is_for_later =
        answer.status == Status::too_many_requests || answer.status == Status::service_unavailable;
    if (answer.headers.empty() && !is_401 && !is_for_later) {
        return;
    }
    json.key("headers").begin_object();
    for (const auto& [name, description] : answer.headers) {
        write_header(json, name, description);
    }
    if (is_401) {
        write_header(json, "WWW-Authenticate", "How to authenticate.");
    }
    if (is_for_later) {
        write_header(json, "Retry-After", "After how many seconds to try again.", "integer");
    }
    json.end_object();
}

void write_answer(JsonWriter& json, const RouteAnswer& answer, std::string_view also) {
    json.key(std::to_string(std::to_underlying(answer.status))).begin_object();
    json.member("description", answer.description + (also.empty() ? "" : " Or: ") + std::string(also));
    write_headers(json, answer);
    const bool is_problem = answer.has_body && std::to_underlying(answer.status) >= 400;
    if (is_problem) {
        write_content(json, "application/problem+json", answer.schema.empty() ? "Problem" : answer.schema);
    } else if (!answer.schema.empty()) {
        write_content(json, "application/json", answer.schema);
    }
    json.end_object();
}

}  // namespace

void write_content(JsonWriter& json, std::string_view media_type, std::string_view schema) {
    json.key("content").begin_object().key(media_type).begin_object().key("schema").begin_object();
    json.member("$ref", "#/components/schemas/" + std::string(schema));
    json.end_object().end_object().end_object();
}

void write_answers(JsonWriter& json, const Route& route, const OpenApiSource& source) {
    const std::vector<Refusal> refusals = usual_refusals(route, source);
    json.key("responses").begin_object();
    for (const RouteAnswer& answer : route.answers()) {
        // Who says what a 403 is there means the route's own; one from another site is not what it speaks of.
        const bool is_forbidden = answer.status == Status::forbidden;
        const auto usual = std::ranges::find(refusals, answer.status, &Refusal::status);
        write_answer(
            json, answer, is_forbidden && usual != refusals.end() ? usual->description : std::string_view()
        );
    }
    for (const Refusal& refusal : refusals) {
        if (!has_answer(route, refusal.status)) {
            write_answer(json, {refusal.status, std::string(refusal.description), {}}, {});
        }
    }
    json.key("default").begin_object().member("description", "Refused.");
    write_content(json, "application/problem+json", "Problem");
    json.end_object().end_object();
}

}  // namespace cardea::web::detail
