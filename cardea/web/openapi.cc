// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/openapi.h"

#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"
#include "cardea/web/detail/openapi_answers.h"
#include "cardea/web/route.h"

#include <algorithm>
#include <map>
#include <set>
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

/// What the route is called, or "get_api_v1_sessions_id".
std::string operation_id(const Route& route) {
    if (!route.operation_id().empty()) {
        return route.operation_id();
    }
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
        detail::write_content(json, "application/json", route.takes());
    }
    json.end_object();
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

void write_operation(JsonWriter& json, const Route& route, const OpenApiSource& source) {
    json.key(method_key(route.method())).begin_object();
    json.member("operationId", operation_id(route)).member("summary", route.summary());
    if (!route.tag().empty()) {
        json.key("tags").begin_array().value(route.tag()).end_array();
    }
    write_security(json, route, source.security);
    write_parameters(json, route);
    write_body(json, route);
    detail::write_answers(json, route, source);
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
            write_operation(json, *route, source);
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

Result<> check_operation_ids(const OpenApiSource& source) {
    std::set<std::string> ids;
    for (const Route* route : source.routes) {
        const std::string& id = route->operation_id();
        if (!id.empty() && !ids.insert(id).second) {
            return fail(Errc::config, "two routes have the operationId " + id + ": give each its own");
        }
    }
    return {};
}

}  // namespace

Result<std::string> make_openapi(const OpenApiSource& source) {
    if (Result<> checked = check_schemas(source); !checked) {
        return propagate(checked);
    }
    if (Result<> checked = check_operation_ids(source); !checked) {
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
