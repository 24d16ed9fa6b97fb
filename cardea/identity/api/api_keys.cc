// SPDX-License-Identifier: Apache-2.0
// API keys over JSON: made, rotated, listed and revoked by the person who is signed in.
#include "cardea/apikey/json.h"
#include "cardea/base/duration_text.h"
#include "cardea/identity/api/api.h"
#include "cardea/identity/api/fields.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

apikey::NewApiKey read_new_api_key(JsonFields& fields) {
    apikey::NewApiKey wish;
    wish.name = fields.text("name");
    wish.scopes = fields.texts("scopes");
    if (!apikey::check_name(wish.name)) {
        fields.add_mistake("name", "name_invalid", "Use up to 100 visible characters on one line.");
    }
    if (!apikey::join_scopes(wish.scopes)) {
        fields.add_mistake(
            "scopes",
            "scope_invalid",
            "Use up to 32 scopes of up to 64 ASCII characters without blanks, quotes and backslashes."
        );
    }
    const Result<std::optional<Duration>> lifetime = apikey::parse_key_lifetime(fields.text("lifetime"));
    if (!lifetime) {
        fields.add_mistake("lifetime", "duration_invalid", "Send for example \"90d\" or \"never\".");
    }
    wish.lifetime = lifetime.value_or(apikey::default_lifetime);
    return wish;
}

Duration read_overlap(JsonFields& fields) {
    const std::string text = fields.text("overlap");
    if (text.empty()) {
        return apikey::default_overlap;
    }
    const Result<Duration> overlap = text == "none" ? Result<Duration>(Duration()) : parse_duration(text);
    if (!overlap || !apikey::check_overlap(*overlap)) {
        fields.add_mistake(
            "overlap", "duration_invalid", "Send for example \"24h\", at most \"30d\", or \"none\"."
        );
    }
    return overlap.value_or(Duration());
}

web::Problem issue_problem(Error error) {
    web::Problem problem(std::move(error));
    if (problem.code == Errc::too_large) {
        problem.code = Errc::conflict;
        problem.detail = "There are as many API keys as there may be. Revoke one first.";
    } else if (problem.code == Errc::conflict) {
        problem.detail = "This API key was rotated before.";
    }
    return problem;
}

http::Response show_once(const Result<apikey::IssuedApiKey>& issued) {
    return web::json(apikey::issued_api_key_json(*issued), http::Status::created);
}

}  // namespace

Task<http::Response> Api::list_api_keys(web::Request& request) {
    const AccountId account = request.account_session()->record().account;
    Result<std::vector<apikey::ApiKeyRecord>> keys = co_await services_.api_keys.list(account);
    if (!keys) {
        co_return request.refuse(std::move(keys).error());
    }
    co_return web::json(apikey::api_keys_json(*keys));
}

Task<http::Response> Api::issue_api_key(web::Request& request) {
    JsonFields fields(request.json());
    apikey::NewApiKey wish = read_new_api_key(fields);
    if (fields.has_mistakes()) {
        co_return request.refuse(std::move(fields).problem());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<apikey::IssuedApiKey> issued =
        co_await services_.accounts.issue_api_key(std::move(session), std::move(wish), std::move(facts));
    if (!issued && issued.error().code == Errc::invalid) {
        co_return request.refuse(
            field_problem("name", "name_invalid", "Use up to 100 visible characters on one line.")
        );
    }
    if (!issued) {
        co_return request.refuse(issue_problem(std::move(issued).error()));
    }
    co_return show_once(issued);
}

Task<http::Response> Api::rotate_api_key(web::Request& request) {
    const Result<ApiKeyId> target = request.param_id<ApiKeyId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    JsonFields fields(request.json());
    const Duration overlap = read_overlap(fields);
    if (fields.has_mistakes()) {
        co_return request.refuse(std::move(fields).problem());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    const account::ApiKeyRotation rotation{.key = *target, .overlap = overlap};
    Result<apikey::IssuedApiKey> issued =
        co_await services_.accounts.rotate_api_key(std::move(session), rotation, std::move(facts));
    if (!issued) {
        co_return request.refuse(issue_problem(std::move(issued).error()));
    }
    co_return show_once(issued);
}

Task<http::Response> Api::revoke_api_key(web::Request& request) {
    const Result<ApiKeyId> target = request.param_id<ApiKeyId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.accounts.revoke_api_key(std::move(session), *target, std::move(facts));
    if (!done) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::no_content();
}

}  // namespace cardea::identity
