// SPDX-License-Identifier: Apache-2.0
// The identities that are connected to the account of somebody who is signed in.
#include "cardea/http/form.h"
#include "cardea/identity/pages/federation_pages.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/provider_notice.h"
#include "cardea/identity/pages/viewer.h"
#include "cardea/log/log.h"
#include "cardea/web/guard.h"
#include "cardea/web/response.h"

#include <utility>

namespace cardea::identity {
namespace {

using flow::Flow;
using flow::FlowState;

constexpr std::string_view identities_path = "/account/identities";

void add_notice(IdentitiesView& view, std::string_view notice) {
    if (notice == "linked") {
        view.good_news = messages.identity_linked;
    } else if (notice == "linked-verified") {
        view.good_news = messages.identity_linked_and_verified;
    } else if (notice == "unlinked") {
        view.good_news = messages.identity_unlinked;
    } else if (notice == "last") {
        view.problem = messages.last_way_in;
    } else {
        view.problem = provider_sentence(notice);
    }
}

}  // namespace

void FederationPages::add_routes(web::App& app) {
    const auto signed_in = [] { return web::requires_account_session({.redirect = "/login"}); };
    if (!services_.providers.all().empty()) {
        add_provider_routes(app);
    }
    app.get("/account/identities", signed_in(), [this](web::Request& r) { return identities(r); }).hidden();
    app.post(
           "/account/identities/confirm", signed_in(), [this](web::Request& r) { return confirm(r); }
    ).hidden();
    app.post(
           "/account/identities/{id}/unlink", signed_in(), [this](web::Request& r) { return unlink(r); }
    ).hidden();
}

void FederationPages::add_provider_routes(web::App& app) {
    app.get("/login/{provider}", [this](web::Request& r) { return begin(r); }).hidden();
    app.get("/login/{provider}/callback", [this](web::Request& r) { return come_back(r); }).hidden();
    app.get("/login/{provider}/account", [this](web::Request& r) { return show_question(r); }).hidden();
    app.post("/login/{provider}/link", [this](web::Request& r) { return answer_by_password(r); }).hidden();
    app.post("/login/{provider}/new", [this](web::Request& r) { return answer_newly(r); }).hidden();
    app.post(
           "/account/providers/{provider}/link",
           web::requires_account_session({.redirect = "/login"}),
           [this](web::Request& r) { return begin_linking(r); }
    ).hidden();
}

Task<http::Response> FederationPages::identities(web::Request& request) {
    const Result<http::Fields>& query = request.query();
    IdentitiesView view;
    add_notice(view, query ? query->text("notice") : std::string_view());
    co_return co_await identities_page(request, std::move(view));
}

Task<http::Response> FederationPages::identities_page(web::Request& request, IdentitiesView view) {
    const session::SessionRecord& session = request.account_session()->record();
    Result<std::vector<account::FederatedIdentity>> identities =
        co_await services_.federation.list(session.account);
    if (!identities) {
        co_return request.refuse(std::move(identities).error());
    }
    if (services_.accounts.needs_step_up(session)) {
        Result<Confirmation> found = co_await find_confirmation(services_, session.account, identities_path);
        if (!found) {
            co_return request.refuse(std::move(found).error());
        }
        view.confirmation = std::move(*found);
    }
    view.csrf_token = request.csrf_token();
    const Frame frame{
        .title = messages.identities_title,
        .width = Width::wide,
        .viewer = viewer_of(request),
        .path = identities_path,
    };
    const http::Status status = view.problem.empty() ? http::Status::ok : http::Status::unprocessable_content;
    html::Node content = identities_cards(view, *identities, services_.providers);
    co_return page(services_, frame, std::move(content), status);
}

Task<http::Response> FederationPages::confirm(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    session::SessionRecord session = request.account_session()->record();
    SecretText password = http::secret_field(*fields, "password");
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<session::IssuedSession> renewed = co_await services_.accounts.confirm_password(
        std::move(session), std::move(password), std::move(facts)
    );
    if (!renewed) {
        IdentitiesView view;
        view.problem = confirmation_problem(renewed.error());
        co_return co_await identities_page(request, std::move(view));
    }
    http::Response response = web::redirect_to(identities_path);
    services_.cookies.issue_session(response, renewed->token, renewed->record, services_.clock.now());
    co_return response;
}

Task<http::Response> FederationPages::begin_linking(web::Request& request) {
    const Provider* provider = find_provider(request);
    if (provider == nullptr) {
        co_return request.refuse(Errc::not_found);
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<FlowState> flow =
        co_await services_.federation.begin_linking(std::move(session), std::move(facts));
    if (!flow) {
        co_return web::redirect_to(identities_path);  // which asks to show again who is there
    }
    oauth::AuthorizationOptions options;
    Result<std::string> url =
        co_await provider->client->begin_authorization(std::move(options), flow->csrf_binding());
    if (!url) {
        if (may_log(*provider)) {
            log::warning("provider.unavailable", {{"provider", provider->id}, {"error", url.error()}});
        }
        co_return give_up(request, provider, url.error());
    }
    // Not a redirect: browsers let no form lead to another site (form-action of our policy).
    const Frame frame{
        .title = messages.identities_title, .viewer = viewer_of(request), .path = identities_path
    };
    http::Response response = web::page(services_.render_page(frame, departure_card(*provider, *url)));
    response.set_header("Refresh", "0; url=" + *url);
    FlowCookie::of_provider(services_).keep(response, *flow);
    co_return response;
}

Task<http::Response> FederationPages::finish_linking(
    web::Request& request, const Provider& provider, FlowState flow, account::ProvenIdentity who
) {
    if (request.account_session() == nullptr) {
        co_return give_up(request, &provider, {Errc::unauthenticated, "the session ended meanwhile"});
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::FederationService::Linked> linked =
        co_await services_.federation.link(session, std::move(flow), std::move(who), std::move(facts));
    http::Response response;
    if (!linked) {
        response = give_up(request, &provider, linked.error());
    } else {
        provider.counts->add(ProviderOutcome::linked);
        response = web::redirect_to(
            linked->verified_email ? "/account/identities?notice=linked-verified"
                                   : "/account/identities?notice=linked"
        );
        if (linked->token) {
            services_.cookies.issue_session(response, *linked->token, session, services_.clock.now());
        }
    }
    FlowCookie::of_provider(services_).clear(response);
    co_return response;
}

Task<http::Response> FederationPages::unlink(web::Request& request) {
    const Result<FederatedIdentityId> target = request.param_id<FederatedIdentityId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.federation.unlink(std::move(session), *target, std::move(facts));
    if (!done && done.error().code == Errc::step_up_required) {
        co_return web::redirect_to(identities_path);
    }
    if (!done && done.error().code == Errc::conflict) {
        co_return web::redirect_to("/account/identities?notice=last");
    }
    // Gone already, by a second click, is what was asked for.
    if (!done && done.error().code != Errc::not_found) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::redirect_to("/account/identities?notice=unlinked");
}

}  // namespace cardea::identity
