// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/problem.h"

#include "cardea/base/json_writer.h"
#include "cardea/http/headers.h"
#include "cardea/http/media_type.h"
#include "cardea/log/log.h"
#include "cardea/web/detail/refusal_lines.h"

#include <utility>

namespace cardea::web {
namespace {

using http::Status;

/// "38 seconds"; minutes from two on, since nobody counts so many seconds.
std::string wait_text(std::chrono::seconds wait) {
    if (wait < std::chrono::minutes(2)) {
        return std::to_string(wait.count()) + (wait.count() == 1 ? " second" : " seconds");
    }
    return std::to_string(std::chrono::ceil<std::chrono::minutes>(wait).count()) + " minutes";
}

std::string sentence(Errc code, std::chrono::seconds wait) {
    if (code == Errc::rate_limited && wait.count() > 0) {
        return "Please wait " + wait_text(wait) + " before you try again.";
    }
    return std::string(problem_kind(code).detail);
}

std::chrono::seconds usual_wait(Errc code) noexcept {
    return code == Errc::rate_limited ? std::chrono::seconds(60) : std::chrono::seconds(2);
}

/// RFC 9110 11.6.1: a 401 says how to authenticate. Bearer makes no browser ask for a password by itself.
std::string_view challenge(const http::Request& request, Errc code) noexcept {
    if (code == Errc::step_up_required) {
        return R"(Bearer realm="cardea", error="insufficient_user_authentication")";  // RFC 9470 3
    }
    const bool sent_bearer = http::find_bearer_token(request.header("Authorization")).has_value();
    const bool is_refused = code == Errc::unauthenticated || code == Errc::api_key_malformed ||
                            code == Errc::api_key_unknown || code == Errc::api_key_expired;
    if (is_refused && sent_bearer) {
        return R"(Bearer realm="cardea", error="invalid_token")";  // RFC 6750 3.1
    }
    return R"(Bearer realm="cardea")";
}

void write_errors(JsonWriter& json, const std::vector<FieldError>& errors) {
    json.key("errors").begin_array();
    for (const FieldError& error : errors) {
        json.begin_object().key("loc").begin_array();
        for (const std::string& part : error.loc) {
            json.value(part);
        }
        json.end_array().member("msg", error.msg).member("type", error.type).end_object();
    }
    json.end_array();
}

std::string to_json(const ShownProblem& problem, Errc code) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    json.member("title", http::reason_phrase(problem.status));
    json.member("status", std::to_underlying(problem.status));
    json.member("detail", problem.detail).member("code", name(code));
    if (!problem.reference.empty()) {
        json.member("reference", problem.reference);
    }
    if (!problem.errors.empty()) {
        write_errors(json, problem.errors);
    }
    json.end_object();
    return text;
}

void add_headers(http::Response& response, const http::Request& request, const Problem& problem) {
    const Status status = response.status();
    if (status == Status::unauthorized) {
        response.add_header(
            "WWW-Authenticate",
            problem.challenge.empty() ? challenge(request, problem.code) : std::string_view(problem.challenge)
        );
    }
    if (status == Status::too_many_requests || status == Status::service_unavailable) {
        const auto wait = problem.retry_after.value_or(usual_wait(problem.code));
        response.add_header("Retry-After", std::to_string(wait.count()));
    }
    if (!problem.allow.empty()) {
        response.add_header("Allow", problem.allow);
    }
}

http::Response bare(const http::Request& request, const Problem& problem, const ShownProblem& shown) {
    http::Response response(shown.status);
    add_headers(response, request, problem);
    if (!shown.reference.empty()) {
        response.add_header("X-Auth-Reference", shown.reference);
    }
    return response;
}

/// What anybody causes by looking around is not worth a line in the usual log, nor is what was logged
/// already. A key that is not taken is no more: its reference says why (`cardea why`).
bool is_everyday(const Problem& problem, Status status) noexcept {
    const bool was_logged = !problem.reference.empty() && status != Status::internal_server_error;
    return was_logged || status == Status::unauthorized || status == Status::not_found ||
           status == Status::method_not_allowed || status == Status::misdirected_request;
}

Status status_of(const Problem& problem) noexcept {
    return problem.status.value_or(problem_kind(problem.code).status);
}

void log_refusal(
    const http::Request& request, const Problem& problem, const ProblemReference& reference, bool is_told
) {
    const Status status = status_of(problem);
    const auto write = !is_told                                  ? log::debug
                       : status == Status::internal_server_error ? log::error
                                                                 : log::info;
    write(
        "request.refused",
        {{"reference", reference.text},
         {"code", problem.code},
         {"rule", reference.rule},
         {"status", std::to_underlying(status)},
         {"context", problem.context},
         {"method", request.target.empty() ? std::string_view() : http::name(request.method)},
         {"path", request.path},
         {"client", request.client_address}}
    );
}

Errc code_of(Status status) noexcept {
    switch (status) {
        case Status::content_too_large:
        case Status::uri_too_long:
        case Status::request_header_fields_too_large:
            return Errc::too_large;
        case Status::expectation_failed:
            return Errc::unsupported;
        case Status::misdirected_request:
            return Errc::not_found;
        case Status::method_not_allowed:
            return Errc::method_not_allowed;
        case Status::request_timeout:
            return Errc::too_slow;
        case Status::service_unavailable:
            return Errc::busy;
        default:
            return Errc::malformed;
    }
}

}  // namespace

Problem misdirected(std::string_view home) {
    Problem problem(Errc::not_found);
    problem.status = Status::misdirected_request;
    problem.detail.append(net::sentence(net::Refusal::unknown_host))
        .append(" It is to be found at ")
        .append(home)
        .append(".");
    return problem;
}

Problem refused_by_engine(net::Refusal refusal) {
    Problem problem(code_of(net::status(refusal)));
    problem.status = net::status(refusal);
    problem.detail = net::sentence(refusal);
    problem.context = net::name(refusal);
    if (refusal == net::Refusal::unsupported_method) {
        problem.allow = net::allowed_methods;
    }
    return problem;
}

std::string problem_sentence(const Error& error) {
    return sentence(error.code, error.retry_after);
}

http::Response Problems::answer(const http::Request& request, const Problem& problem) const {
    const Status status = status_of(problem);
    // A refusal that brings its reference names the rule in its context (account/detail/audited.h).
    ProblemReference reference{problem.reference, problem.context};
    if (reference.text.empty() && reference_) {
        reference = reference_(problem);
    }
    const std::string detail =
        problem.detail.empty() ? sentence(problem.code, problem.retry_after.value_or(std::chrono::seconds()))
                               : problem.detail;
    const ShownProblem shown{
        status, problem_kind(problem.code).title, detail, reference.text, problem.errors
    };
    const bool is_told = !is_everyday(problem, status) &&
                         !(lines_ && lines_->is_one_too_many(problem.code, request.client_address));
    log_refusal(request, problem, reference, is_told);
    if (problem.is_bare) {
        return bare(request, problem, shown);
    }
    const bool as_page = page_ && wants_page(request);
    http::Response response =
        as_page ? http::Response(status, "text/html; charset=utf-8", page_(request, shown))
                : http::Response(status, "application/problem+json", to_json(shown, problem.code));
    add_headers(response, request, problem);
    return response;
}

const Problems& Problems::plain() noexcept {
    static const Problems plain;
    return plain;
}

bool wants_page(const http::Request& request) noexcept {
    return http::wants_html(request.header("Accept"));
}

}  // namespace cardea::web
