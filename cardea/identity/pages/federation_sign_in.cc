// SPDX-License-Identifier: Apache-2.0
// The way to a provider and back, and what is asked there.
#include "cardea/audit/rule.h"
#include "cardea/http/form.h"
#include "cardea/http/next.h"
#include "cardea/identity/pages/federation_pages.h"
#include "cardea/identity/pages/flow_cookie.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/page.h"
#include "cardea/identity/pages/provider_notice.h"
#include "cardea/log/log.h"
#include "cardea/web/response.h"

#include <utility>

namespace cardea::identity {
namespace {

using flow::Flow;
using flow::FlowState;

account::ProvenIdentity proven(oauth::Identity identity, const Provider& provider) {
    std::string name = identity.name.empty() ? std::move(identity.username) : std::move(identity.name);
    return {
        .issuer = std::move(identity.issuer),
        .subject = std::move(identity.subject),
        .email = std::move(identity.email),
        .is_email_verified = identity.is_email_verified && provider.trusts_email,
        .name = std::move(name),
    };
}

/// How long before it was asked for a sign-in at the provider may be that proves again who is there. Not
/// zero: there are providers that take it for nothing.
constexpr std::chrono::seconds confirmation_max_age{60};

constexpr ratelimit::Limit logged_per_provider{.count = 10, .period = std::chrono::minutes(1)};
constexpr std::size_t remembered_providers = 64;

/// Whether a flow that began in another tab goes on here, so that both may come back.
bool goes_on(const FlowState& flow, AccountId account, std::string_view next) {
    return flow.progress().state == flow::State::begun && flow.progress().account == account &&
           flow.next() == next;
}

/// Whether the same form may be sent again.
bool may_try_again(const Error& error) {
    return error.code == Errc::credentials_wrong || error.code == Errc::rate_limited ||
           error.code == Errc::busy || error.context == name(audit::Rule::invitation);
}

}  // namespace

FederationPages::FederationPages(Services services)
    : services_(std::move(services)),
      logged_(services_.random.secret<16>(), ratelimit::Quota(logged_per_provider), remembered_providers) {}

std::string FederationPages::flow_binding(const web::Request& request) const {
    const std::string_view path = request.path();
    if (!path.starts_with("/login/")) {
        return {};
    }
    const std::optional<FlowState> flow = find_question(request);
    return flow ? flow->csrf_binding() : std::string();
}

const Provider* FederationPages::find_provider(const web::Request& request) const noexcept {
    // The binding of forms is asked for every route of the program, under whatever path.
    return services_.providers.find(request.find_param("provider").value_or(std::string_view()));
}

std::optional<FlowState> FederationPages::find_question(const web::Request& request) const {
    std::optional<FlowState> flow = FlowCookie::of_provider(services_).find(request, Flow::federated_sign_in);
    const Provider* provider = find_provider(request);
    const bool is_asked = flow && flow->progress().state == flow::State::identity_proven &&
                          provider != nullptr &&
                          account::FederationService::issuer_of(*flow) == provider->issuer();
    return is_asked ? std::move(flow) : std::nullopt;
}

http::Response FederationPages::give_up(
    const web::Request& request, const Provider* provider, const Error& error
) const {
    if (provider != nullptr) {
        provider->counts->add(outcome_of(error.code));
    }
    const bool is_signed_in =
        request.account_session() != nullptr && error.code != Errc::unauthenticated;  // by then
    std::string location = is_signed_in ? "/account/identities?notice=" : "/login?notice=";
    location += provider_notice(error);
    return web::redirect_to(location);
}

bool FederationPages::may_log(const Provider& provider) {
    const Result<ratelimit::Decision> decision =
        logged_.take(ratelimit::make_key("provider", provider.id), services_.clock.now());
    return decision && decision->allowed;
}

account::SessionWish FederationPages::wish_of(const web::Request& request, const FlowState& flow) const {
    account::SessionWish wish;
    if (request.account_session() == nullptr) {
        return wish;
    }
    const session::SessionRecord& session = request.account_session()->record();
    wish.replaces = session::name_of(session);
    if (session.account == flow.progress().account) {  // the same person goes on
        wish.persistence = session.persistence;
        wish.data = session.data;
    }
    return wish;
}

http::Response FederationPages::signed_in(
    const web::Request& request, const Provider& provider, const account::SignedIn& signed_in
) const {
    provider.counts->add(ProviderOutcome::signed_in);
    http::Response response = web::redirect_to(signed_in.next.empty() ? services_.home : signed_in.next);
    services_.cookies.sign_in(response, request, signed_in, services_.clock.now());
    return response;
}

Task<http::Response> FederationPages::begin(web::Request& request) {
    const Provider* provider = find_provider(request);
    if (provider == nullptr) {
        co_return request.refuse(Errc::not_found);
    }
    const Result<http::Fields>& query = request.query();
    const std::string_view asked = query ? query->text("next") : std::string_view();
    std::string next = asked.empty() ? std::string() : http::safe_next(asked, services_.cookie_domain);
    AccountId account;
    oauth::AuthorizationOptions options;
    if (request.account_session() != nullptr) {
        if (!provider->takes_prompt_login) {
            co_return give_up(request, provider, {Errc::step_up_required, "it proves no new sign-in"});
        }
        account = request.account_session()->record().account;
        options.prompt = "login";
        options.max_age = confirmation_max_age;
    }
    const FlowCookie cookie = FlowCookie::of_provider(services_);
    const std::optional<FlowState> begun = cookie.find(request, Flow::federated_sign_in);
    const FlowState flow = begun && goes_on(*begun, account, next)
                               ? *begun
                               : services_.federation.begin_sign_in(std::move(next), account);
    Result<std::string> url =
        co_await provider->client->begin_authorization(std::move(options), flow.csrf_binding());
    if (!url) {
        if (may_log(*provider)) {
            log::warning("provider.unavailable", {{"provider", provider->id}, {"error", url.error()}});
        }
        co_return give_up(request, provider, url.error());
    }
    http::Response response = web::redirect_to(*url);
    response.set_header("Cache-Control", "no-store");
    cookie.keep(response, flow);
    co_return response;
}

Task<http::Response> FederationPages::come_back(web::Request& request) {
    const Provider* provider = find_provider(request);
    if (provider == nullptr) {
        co_return request.refuse(Errc::not_found);
    }
    const FlowCookie cookie = FlowCookie::of_provider(services_);
    std::optional<FlowState> flow = cookie.find(request, Flow::federated_sign_in);
    if (!flow) {
        flow = cookie.find(request, Flow::identity_linking);
    }
    if (!flow) {
        co_return give_up(request, provider, {Errc::csrf_rejected, "this browser began nothing"});
    }
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> admitted = co_await services_.federation.admit(std::move(facts));
    if (!admitted) {
        co_return give_up(request, provider, admitted.error());
    }
    std::string answer(request.http().query);
    Result<oauth::SignedIn> came =
        co_await provider->client->finish_authorization(std::move(answer), flow->csrf_binding());
    if (!came) {
        if (may_log(*provider)) {
            log::info("provider.refused", {{"provider", provider->id}, {"error", came.error()}});
        }
        co_return give_up(request, provider, came.error());
    }
    account::ProvenIdentity who = proven(std::move(came->identity), *provider);
    if (flow->progress().flow == Flow::identity_linking) {
        co_return co_await finish_linking(request, *provider, std::move(*flow), std::move(who));
    }
    co_return co_await finish_sign_in(request, *provider, std::move(*flow), std::move(who));
}

Task<http::Response> FederationPages::finish_sign_in(
    web::Request& request, const Provider& provider, FlowState flow, account::ProvenIdentity who
) {
    account::SessionWish wish = wish_of(request, flow);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::FederatedOutcome> outcome = co_await services_.federation.sign_in(
        std::move(flow), std::move(who), std::move(wish), std::move(facts)
    );
    if (!outcome) {
        http::Response response = give_up(request, &provider, outcome.error());
        FlowCookie::of_provider(services_).clear(response);  // its step is used up
        co_return response;
    }
    if (const auto* done = std::get_if<account::SignedIn>(&*outcome)) {
        co_return signed_in(request, provider, *done);
    }
    http::Response response = web::redirect_to("/login/" + provider.id + "/account");
    FlowCookie::of_provider(services_).keep(response, std::get<account::FederatedQuestion>(*outcome).flow);
    co_return response;
}

Task<http::Response> FederationPages::show_question(web::Request& request) {
    const Provider* provider = find_provider(request);
    std::optional<FlowState> flow = find_question(request);
    if (provider == nullptr || !flow) {
        co_return give_up(request, provider, {Errc::expired, "the question was open for too long"});
    }
    co_return co_await question_page(request, *provider, std::move(*flow), nullptr);
}

Task<http::Response> FederationPages::question_page(
    web::Request& request, const Provider& provider, FlowState flow, const Error* refusal
) {
    Result<account::FederatedQuestion> question = co_await services_.federation.question(std::move(flow));
    if (!question) {
        co_return give_up(request, &provider, question.error());
    }
    QuestionView view{
        .csrf_token = FlowCookie::of_provider(services_).csrf_token(question->flow),
        .provider = provider,
        .question = *question,
        .password_problem{},
        .invitation_problem{},
        .problem{},
    };
    http::Status status = http::Status::ok;
    if (refusal != nullptr) {
        status = http::Status::unprocessable_content;
        if (refusal->code == Errc::credentials_wrong) {
            view.password_problem = messages.password_wrong;
        } else if (refusal->code == Errc::forbidden) {
            view.invitation_problem = messages.invitation_not_good;
        } else {
            status = web::problem_kind(refusal->code).status;
            view.problem = web::problem_sentence(*refusal);
        }
    }
    const Frame frame{.title = messages.sign_in_title, .viewer{}, .path = "/login"};
    html::Node content = question_card(view);
    http::Response response = page(services_, frame, std::move(content), status);
    let_forms_lead_to_siblings(services_, response);
    co_return response;
}

Task<http::Response> FederationPages::answered(
    web::Request& request, const Provider& provider, FlowState flow, Result<account::SignedIn> done
) {
    if (done) {
        co_return signed_in(request, provider, *done);
    }
    if (may_try_again(done.error())) {
        co_return co_await question_page(request, provider, std::move(flow), &done.error());
    }
    co_return give_up(request, &provider, done.error());
}

Task<http::Response> FederationPages::answer_by_password(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    const Provider* provider = find_provider(request);
    std::optional<FlowState> flow = find_question(request);
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    if (provider == nullptr || !flow) {
        co_return give_up(request, provider, {Errc::expired, "the question was open for too long"});
    }
    SecretText password = http::secret_field(*fields, "password");
    account::SessionWish wish = wish_of(request, *flow);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::SignedIn> done = co_await services_.federation.sign_in_by_password(
        *flow, std::move(password), std::move(wish), std::move(facts)
    );
    co_return co_await answered(request, *provider, std::move(*flow), std::move(done));
}

Task<http::Response> FederationPages::answer_newly(web::Request& request) {
    const Result<http::Fields>& fields = request.form();
    const Provider* provider = find_provider(request);
    std::optional<FlowState> flow = find_question(request);
    if (!fields) {
        co_return request.refuse(fields.error());
    }
    if (provider == nullptr || !flow) {
        co_return give_up(request, provider, {Errc::expired, "the question was open for too long"});
    }
    std::string invitation(fields->text("invitation"));
    account::SessionWish wish = wish_of(request, *flow);
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<account::SignedIn> done = co_await services_.federation.sign_in_newly(
        *flow, std::move(invitation), std::move(wish), std::move(facts)
    );
    co_return co_await answered(request, *provider, std::move(*flow), std::move(done));
}

}  // namespace cardea::identity
