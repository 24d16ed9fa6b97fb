// SPDX-License-Identifier: Apache-2.0
#include "server/application.h"

#include "cardea/identity/assets.h"
#include "cardea/identity/pages/problem_page.h"
#include "cardea/net/request_rules.h"
#include "cardea/web/assets.h"
#include "cardea/web/docs.h"
#include "server/runtime.h"
#include "server/version.h"

#include <string_view>
#include <utility>

namespace cardea::server {
namespace {

/// Which clock ended the session, if one did.
audit::Rule session_rule(const web::Problem& problem) {
    const audit::Rule rule = audit::find_rule(problem.context);
    return rule == audit::Rule::none ? audit::Rule::session : rule;
}

/// Which rule refused: the code alone tells it, or the context names it. (Refusals of accounts come with a
/// reference of their own.)
audit::Rule rule_of(const web::Problem& problem) {
    if (problem.status == http::Status::misdirected_request) {
        return audit::Rule::host;
    }
    switch (problem.code) {
        case Errc::csrf_rejected:
            return audit::Rule::csrf;
        case Errc::unauthenticated:
        case Errc::expired:
            return session_rule(problem);
        case Errc::ambiguous_credentials:
            return audit::Rule::two_credentials;
        case Errc::api_key_malformed:
            return audit::Rule::api_key_form;
        case Errc::api_key_unknown:
            return audit::Rule::api_key_unknown;
        case Errc::api_key_expired:
            return audit::Rule::api_key_ended;
        case Errc::account_disabled:
            return audit::Rule::account_disabled;
        case Errc::not_found:
        case Errc::method_not_allowed:
            return audit::Rule::route;
        case Errc::store_unavailable:
        case Errc::store_corrupt:
            return audit::Rule::store;
        case Errc::too_large:
            return audit::Rule::too_large;
        case Errc::malformed:
        case Errc::invalid:
        case Errc::unsupported_media_type:
            return audit::Rule::input;
        default:
            return audit::find_rule(problem.context);
    }
}

web::ReferenceMaker reference_maker(Runtime& runtime) {
    return [&runtime](const web::Problem& problem) {
        const audit::Rule rule = rule_of(problem);
        const Time now = runtime.clock().now();
        return web::ProblemReference{runtime.system().references().make(now, problem.code, rule), name(rule)};
    };
}

web::AppOptions app_options(const Config& config, Runtime& runtime) {
    web::AppOptions options;
    options.public_url = config.public_url.origin().text();
    options.reference = reference_maker(runtime);
    options.problem_page = identity::problem_page;
    return options;
}

web::OpenApiInfo openapi_info(const Config& config) {
    return {
        .title = "Cardea",
        .version = std::string(version),
        .description = "Sign-up, sign-in and sessions.",
        .server_url = config.public_url.origin().text(),
        .license = "Apache-2.0",
    };
}

/// What is asked by proxies and load balancers: they learn nothing that depends on the host, and a page that
/// asks has no cookie of ours.
bool is_for_machines(std::string_view path) {
    return path == "/auth/verify" || path == "/auth/forward" || path == "/healthz";
}

}  // namespace

http::Response healthy(web::Request&) {
    return {http::Status::ok, "text/plain; charset=utf-8", std::string_view("ok\n")};
}

Application::Application(const Config& config, Runtime& runtime)
    : site_(
          runtime.system().services(),
          {.public_url = config.public_url.origin().text(),
           .cookie_domain = config.cookie_domain,
           .takes_api_keys = config.api_keys_forward_auth}
      ),
      app_(app_options(config, runtime)),
      gate_(
          app_,
          [own = net::AllowedHosts({config.public_url.authority()})](const http::Request& request) {
              return own.contains(request.host) || is_for_machines(request.path);
          },
          tell_where_we_are(config.public_url.origin().text(), reference_maker(runtime))
      ) {}

Result<std::unique_ptr<Application>> Application::make(const Config& config, Runtime& runtime) {
    std::unique_ptr<Application> application(new Application(config, runtime));
    application->add_routes(config);
    application->app_.openapi(openapi_info(config));
    if (Result<> started = application->app_.start(); !started) {
        return propagate(started);
    }
    return application;
}

void Application::add_routes(const Config& config) {
    site_.add_to(app_, config.public_url.origin());
    site_.add_home(app_);
    web::serve_docs(app_, {.title = "Cardea API", .icon = web::asset_path(identity::assets(), "hinge.svg")});
    app_.get("/healthz", healthy).anonymous().hidden();
}

}  // namespace cardea::server
