// SPDX-License-Identifier: Apache-2.0
#include "server/control/wire.h"

#include "cardea/base/json_writer.h"
#include "server/control/dispatch.h"

#include <optional>
#include <utility>

namespace cardea::server {
namespace {

constexpr JsonLimits control_limits{.bytes = max_control_line, .values = 100'000};

std::string to_answer(const Result<std::string>& outcome) {
    std::string line;
    JsonWriter json(line);
    json.begin_object();
    if (outcome) {
        json.key("result").raw(*outcome);
    } else {
        const Error& error = outcome.error();
        json.key("error").begin_object();
        json.member("code", name(error.code)).member("context", error.context).end_object();
    }
    json.end_object();
    return line;
}

/// The code of that name; a code of a newer server is unknown here.
Errc find_errc(std::string_view text) {
    for (std::uint16_t number = 0; number <= std::to_underlying(Errc::internal); ++number) {
        if (name(static_cast<Errc>(number)) == text) {
            return static_cast<Errc>(number);
        }
    }
    return Errc::internal;
}

/// Reads a request's line and does what it asks for.
Task<Result<std::string>> do_request(Operations& operations, std::string_view line) {
    Result<Json> request = parse_json(line, control_limits);
    if (!request) {
        co_return propagate(request);
    }
    const std::optional<std::string_view> operation = request->find_text("operation");
    const Json* arguments = request->find("arguments");
    if (!operation || arguments == nullptr || !arguments->is_object()) {
        co_return fail(Errc::malformed, "a request names an operation and its arguments");
    }
    co_return co_await dispatch(operations, *operation, *arguments);
}

}  // namespace

std::string make_control_request(std::string_view operation, std::string_view arguments) {
    std::string line;
    JsonWriter json(line);
    json.begin_object().member("operation", operation).key("arguments").raw(arguments).end_object();
    return line;
}

Task<std::string> answer_control(Operations& operations, std::string line) {
    const Result<std::string> outcome = co_await do_request(operations, line);
    wipe(line.data(), line.size());  // it may hold a password
    co_return to_answer(outcome);
}

Result<Json> parse_control_answer(std::string_view line) {
    Result<Json> answer = parse_json(line, control_limits);
    if (!answer) {
        return propagate(answer);
    }
    if (const Json* result = answer->find("result")) {
        return *result;
    }
    const Json* error = answer->find("error");
    const std::optional<std::string_view> code = error != nullptr ? error->find_text("code") : std::nullopt;
    if (!code) {
        return fail(Errc::malformed, "the server's answer is neither a result nor an error");
    }
    return fail(find_errc(*code), std::string(error->find_text("context").value_or("")));
}

}  // namespace cardea::server
