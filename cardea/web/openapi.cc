// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/openapi.h"

#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"
#include "cardea/web/route.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view problem_schema = R"({
"type":"object",
"description":"Why a request was refused (RFC 9457).",
"required":["title","status","detail","code"],
"properties":{
"title":{"type":"string","description":"The status in words."},
"status":{"type":"integer","description":"The HTTP status."},
"detail":{"type":"string","description":"A sentence for the person."},
"code":{"type":"string","description":"A stable word for the program."},
"reference":{"type":"string","description":"What the operator can look up."},
"errors":{"type":"array","description":"What is wrong with which value; only with status 422.","items":{
"type":"object","required":["loc","msg","type"],"properties":{
"loc":{"type":"array","items":{"type":"string"}},
"msg":{"type":"string"},
"type":{"type":"string"}}}}}})";

std::string_view method_key(http::Method method) noexcept {
    switch (method) {
        case http::Method::get:
            return "get";
        case http::Method::head:
            return "head";
        case http::Method::post:
            return "post";
        case http::Method::put:
            return "put";
        case http::Method::patch:
            return "patch";
        case http::Method::delete_:
            return "delete";
        case http::Method::options:
            return "options";
    }
    return "get";
}

/// "get_api_v1_sessions_id": unique, since method and pattern are.
std::string operation_id(const Route& route) {
    std::string id(method_key(route.method()));
    bool separate = true;
    for (const char c : route.pattern()) {
        const bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_word) {
            separate = true;
            continue;
        }
        if (std::exchange(separate, false)) {
            id += '_';
        }
        id += c;
    }
    return id;
}

void write_content(JsonWriter& json, std::string_view media_type, std::string_view schema) {
    json.key("content").begin_object().key(media_type).begin_object().key("schema").begin_object();
    json.member("$ref", "#/components/schemas/" + std::string(schema));
    json.end_object().end_object().end_object();
}

void write_parameters(JsonWriter& json, const Route& route) {
    const std::vector<FieldSchema>& query = route.handler().takes().query;
    if (route.param_names().empty() && query.empty()) {
        return;
    }
    json.key("parameters").begin_array();
    for (const std::string& name : route.param_names()) {
        json.begin_object().member("name", name).member("in", "path").member("required", true);
        json.key("schema").begin_object().member("type", "string").end_object().end_object();
    }
    for (const FieldSchema& field : query) {
        json.begin_object().member("name", field.name).member("in", "query");
        json.member("required", field.required).key("schema").raw(field.json).end_object();
    }
    json.end_array();
}

/// What the handler reads of the body, or else what the route says it takes.
void write_body(JsonWriter& json, const Route& route) {
    const Takes& takes = route.handler().takes();
    const std::optional<std::vector<FieldSchema>>& fields = takes.json ? takes.json : takes.form;
    if (route.takes().empty() && !fields) {
        return;
    }
    json.key("requestBody").begin_object().member("required", true);
    if (route.takes().empty() && fields) {
        json.key("content").begin_object();
        json.key(takes.json ? "application/json" : "application/x-www-form-urlencoded").begin_object();
        json.key("schema").raw(object_schema(*fields)).end_object().end_object();
    } else {
        write_content(json, "application/json", route.takes());
    }
    json.end_object();
}

bool has_answer(const Route& route, http::Status status) {
    return std::ranges::find(route.answers(), status, &RouteAnswer::status) != route.answers().end();
}

void write_refusal(JsonWriter& json, http::Status status, std::string_view description) {
    json.key(std::to_string(std::to_underlying(status))).begin_object().member("description", description);
    write_content(json, "application/problem+json", "Problem");
    json.end_object();
}

void write_answers(JsonWriter& json, const Route& route) {
    json.key("responses").begin_object();
    for (const RouteAnswer& answer : route.answers()) {
        const bool is_problem = answer.has_body && std::to_underlying(answer.status) >= 400;
        json.key(std::to_string(std::to_underlying(answer.status))).begin_object();
        json.member("description", answer.description);
        if (is_problem) {
            write_content(
                json, "application/problem+json", answer.schema.empty() ? "Problem" : answer.schema
            );
        } else if (!answer.schema.empty()) {
            write_content(json, "application/json", answer.schema);
        }
        json.end_object();
    }
    if (route.needs_sign_in() && !has_answer(route, http::Status::unauthorized)) {
        write_refusal(json, http::Status::unauthorized, "Nobody is signed in.");
    }
    const Takes& takes = route.handler().takes();
    const bool reads = takes.json || takes.form || !takes.query.empty();
    if (reads && !has_answer(route, http::Status::unprocessable_content)) {
        write_refusal(json, http::Status::unprocessable_content, "Something is missing or not acceptable.");
    }
    json.key("default").begin_object().member("description", "Refused.");
    write_content(json, "application/problem+json", "Problem");
    json.end_object().end_object();
}

bool takes_api_keys(const Route& route) noexcept {
    return std::ranges::find(route.guards(), Guard::Needs::account_sessions_or_api_keys, &Guard::needs) !=
           route.guards().end();
}

/// Any one of the schemes lets a guarded request in; an empty list says that none is asked for.
void write_security(JsonWriter& json, const Route& route, const std::vector<SecurityScheme>& schemes) {
    json.key("security").begin_array();
    for (const SecurityScheme& scheme : schemes) {
        if (route.needs_sign_in() && (takes_api_keys(route) || scheme.guards == SecurityScheme::For::all)) {
            json.begin_object().key(scheme.name).begin_array().end_array().end_object();
        }
    }
    json.end_array();
}

void write_operation(JsonWriter& json, const Route& route, const std::vector<SecurityScheme>& schemes) {
    json.key(method_key(route.method())).begin_object();
    json.member("operationId", operation_id(route)).member("summary", route.summary());
    if (!route.tag().empty()) {
        json.key("tags").begin_array().value(route.tag()).end_array();
    }
    write_security(json, route, schemes);
    write_parameters(json, route);
    write_body(json, route);
    write_answers(json, route);
    json.end_object();
}

void write_paths(JsonWriter& json, const OpenApiSource& source) {
    std::map<std::string_view, std::vector<const Route*>> by_path;
    for (const Route* route : source.routes) {
        if (!route->is_hidden()) {
            by_path[route->pattern()].push_back(route);
        }
    }
    json.key("paths").begin_object();
    for (const auto& [path, routes] : by_path) {
        json.key(path).begin_object();
        for (const Route* route : routes) {
            write_operation(json, *route, source.security);
        }
        json.end_object();
    }
    json.end_object();
}

void write_components(JsonWriter& json, const OpenApiSource& source) {
    json.key("components").begin_object().key("schemas").begin_object();
    if (!source.schemas.contains("Problem")) {
        json.key("Problem").raw(problem_schema);
    }
    for (const auto& [name, text] : source.schemas) {
        json.key(name).raw(text);
    }
    json.end_object().key("securitySchemes").begin_object();
    for (const SecurityScheme& scheme : source.security) {
        json.key(scheme.name).raw(scheme.json);
    }
    json.end_object().end_object();
}

void write_info(JsonWriter& json, const OpenApiInfo& info) {
    json.key("info").begin_object().member("title", info.title).member("version", info.version);
    if (!info.description.empty()) {
        json.member("description", info.description);
    }
    if (!info.license.empty()) {
        json.key("license").begin_object().member("name", info.license).member("identifier", info.license);
        json.end_object();
    }
    json.end_object();
    if (!info.server_url.empty()) {
        json.key("servers").begin_array().begin_object().member("url", info.server_url);
        json.end_object().end_array();
    }
}

/// Whether every schema that the route names is there.
Result<> check_names(const Route& route, const Schemas& schemas) {
    std::vector<std::string_view> names{route.takes()};
    std::ranges::transform(route.answers(), std::back_inserter(names), &RouteAnswer::schema);
    for (const std::string_view name : names) {
        if (!name.empty() && name != "Problem" && !schemas.contains(std::string(name))) {
            return fail(
                Errc::config,
                route.pattern() + " names the schema " + std::string(name) +
                    ", which is not there: add it with app.schema"
            );
        }
    }
    return {};
}

Result<> check_schemas(const OpenApiSource& source) {
    for (const auto& [name, text] : source.schemas) {
        const Result<Json> parsed = parse_json(text);
        if (!parsed || !parsed->is_object()) {
            return fail(Errc::config, "the schema " + name + " is no JSON object");
        }
    }
    for (const Route* route : source.routes) {
        if (Result<> named = check_names(*route, source.schemas); !named) {
            return named;
        }
    }
    return {};
}

}  // namespace

Result<std::string> make_openapi(const OpenApiSource& source) {
    Result<> checked = check_schemas(source);
    if (!checked) {
        return propagate(checked);
    }
    std::string document;
    JsonWriter json(document);
    json.begin_object().member("openapi", "3.1.0");
    write_info(json, source.info);
    write_paths(json, source);
    write_components(json, source);
    json.end_object();
    return document;
}

}  // namespace cardea::web
