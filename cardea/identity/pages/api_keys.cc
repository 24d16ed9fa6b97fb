// SPDX-License-Identifier: Apache-2.0
// The page of somebody's API keys.
#include "cardea/apikey/json.h"
#include "cardea/apikey/policy.h"
#include "cardea/base/duration_text.h"
#include "cardea/http/form.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/web/response.h"

namespace cardea::identity {
namespace {

std::vector<std::string> split_scopes(std::string_view text) {
    std::vector<std::string> scopes;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == ',') {
            scopes.emplace_back();
        } else {
            scopes.resize(std::max<std::size_t>(scopes.size(), 1));
            scopes.back() += c;
        }
    }
    std::erase(scopes, "");
    return scopes;
}

/// What was typed, to be shown again beside its mistakes.
ApiKeysView view_of(const http::Fields& fields) {
    ApiKeysView view;
    view.name = fields.text("name");
    view.scopes = fields.text("scopes");
    view.lifetime = fields.text("lifetime");
    if (!apikey::check_name(view.name)) {
        view.name_problem = messages.name_invalid;
    }
    if (!apikey::join_scopes(split_scopes(view.scopes))) {
        view.scopes_problem = messages.scopes_invalid;
    }
    return view;
}

/// What the form offers; anything else is no time that could be taken.
Duration overlap_of(const std::string& text) {
    return text == "none" ? Duration() : parse_duration(text).value_or(apikey::default_overlap);
}

void explain(ApiKeysView& view, const Error& error) {
    if (error.code == Errc::invalid && view.rotating.is_nil()) {
        view.name_problem = messages.name_invalid;
    } else if (error.code == Errc::conflict) {
        view.problem = messages.api_key_rotated_before;
    } else if (error.code == Errc::not_found) {
        view.problem = messages.api_key_gone;
    } else if (error.code == Errc::too_large) {
        view.problem = messages.too_many_api_keys;
    } else if (error.code != Errc::step_up_required) {
        view.problem = confirmation_problem(error);
    }
}

}  // namespace

Task<http::Response> Pages::api_keys_page(web::Request& request, ApiKeysView view, SessionId session) {
    Result<std::vector<apikey::ApiKeyRecord>> keys =
        co_await services_.api_keys.list(request.account_session()->record().account);
    if (!keys) {
        co_return request.refuse(std::move(keys).error());
    }
    view.now = services_.clock.now();
    view.csrf_token = services_.csrf_token(session);
    const bool has_problem =
        !view.problem.empty() || !view.name_problem.empty() || !view.scopes_problem.empty();
    const Frame frame{
        .title = messages.api_keys_title,
        .width = Width::wide,
        .viewer{.signed_in = true, .csrf_token = view.csrf_token},
        .path = "/account/api-keys",
    };
    html::Node content = api_keys_cards(view, *keys);
    const http::Status status = has_problem ? http::Status::unprocessable_content : http::Status::ok;
    co_return page(services_, frame, std::move(content), status);
}

Task<http::Response> Pages::api_keys(web::Request& request) {
    const Result<http::Fields>& query = request.query();
    ApiKeysView view;
    if (query && query->text("notice") == "revoked") {
        view.good_news = messages.api_key_revoked;
    }
    co_return co_await api_keys_page(request, std::move(view), request.account_session()->record().id);
}

Task<http::Response> Pages::issue_api_key(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    ApiKeysView view = view_of(*fields);
    const SessionId current = request.account_session()->record().id;
    if (!view.name_problem.empty() || !view.scopes_problem.empty()) {
        co_return co_await api_keys_page(request, std::move(view), current);
    }
    Result<Confirmed> confirmed = co_await confirm(request, *fields);
    if (!confirmed) {
        explain(view, confirmed.error());
        view.confirmation = co_await confirmation_for(request, confirmed.error(), "/account/api-keys");
        co_return co_await api_keys_page(request, std::move(view), current);
    }

    apikey::NewApiKey wish;
    wish.name = view.name;
    wish.scopes = split_scopes(view.scopes);
    wish.lifetime = apikey::parse_key_lifetime(view.lifetime).value_or(apikey::default_lifetime);
    session::SessionRecord session = confirmed->session;
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<apikey::IssuedApiKey> issued =
        co_await services_.accounts.issue_api_key(session, std::move(wish), std::move(facts));
    if (!issued) {
        explain(view, issued.error());
        view.confirmation = co_await confirmation_for(request, issued.error(), "/account/api-keys");
    }
    co_return co_await issued_page(request, std::move(view), std::move(issued), std::move(*confirmed));
}

Task<http::Response> Pages::rotate_api_key(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    const Result<ApiKeyId> target = request.param_id<ApiKeyId>("id");
    if (!fields || !target) {
        co_return request.refuse(fields ? target.error() : fields.error());
    }
    ApiKeysView view;
    view.rotating = *target;
    view.overlap = fields->text("overlap");
    const SessionId current = request.account_session()->record().id;
    Result<Confirmed> confirmed = co_await confirm(request, *fields);
    if (!confirmed) {
        explain(view, confirmed.error());
        view.confirmation = co_await confirmation_for(request, confirmed.error(), "/account/api-keys");
        co_return co_await api_keys_page(request, std::move(view), current);
    }

    const account::ApiKeyRotation rotation{.key = *target, .overlap = overlap_of(view.overlap)};
    session::SessionRecord session = confirmed->session;
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<apikey::IssuedApiKey> issued =
        co_await services_.accounts.rotate_api_key(session, rotation, std::move(facts));
    if (!issued) {
        explain(view, issued.error());
        view.confirmation = co_await confirmation_for(request, issued.error(), "/account/api-keys");
    }
    co_return co_await issued_page(request, std::move(view), std::move(issued), std::move(*confirmed));
}

Task<http::Response> Pages::issued_page(
    web::Request& request, ApiKeysView view, Result<apikey::IssuedApiKey> issued, Confirmed confirmed
) {
    SecretText text;
    if (issued) {
        text = issued->key.text();
        view = ApiKeysView();
        view.new_key = text.expose();
    }
    const SessionId session = confirmed.session.id;
    http::Response response = co_await api_keys_page(request, std::move(view), session);
    keep_renewed(response, confirmed);
    co_return response;
}

Task<http::Response> Pages::revoke_api_key(web::Request& request) {
    const Result<ApiKeyId> target = request.param_id<ApiKeyId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.accounts.revoke_api_key(std::move(session), *target, std::move(facts));
    // Revoked already, by somebody else or by a second click, is what was asked for.
    if (!done && done.error().code != Errc::not_found) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::redirect_to("/account/api-keys?notice=revoked");
}

}  // namespace cardea::identity
