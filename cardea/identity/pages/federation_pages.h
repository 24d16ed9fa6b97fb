// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/pages/federation_views.h"
#include "cardea/identity/services.h"
#include "cardea/oauth/client.h"
#include "cardea/ratelimit/memory_limiter.h"
#include "cardea/web/app.h"

#include <string>
#include <string_view>

namespace cardea::identity {

/// "Sign in with ...": the way to a provider and back, what is asked there, and the page of the identities
/// that are connected to an account. The flow travels in a cookie of its own, whose id binds the browser for
/// oauth::Client too. Thread-safe.
class FederationPages {
 public:
    explicit FederationPages(Services services);

    /// Adds the routes; this object outlives `app`. What providers are asked for is there only with some,
    /// while identities of those that were taken away can be taken off.
    void add_routes(web::App& app);

    /// What the CSRF tokens of its forms before sign-in are bound to; empty for every other request.
    [[nodiscard]] std::string flow_binding(const web::Request& request) const;

 private:
    void add_provider_routes(web::App& app);

    Task<http::Response> begin(web::Request& request);
    Task<http::Response> come_back(web::Request& request);
    Task<http::Response> show_question(web::Request& request);
    Task<http::Response> answer_by_password(web::Request& request);
    Task<http::Response> answer_newly(web::Request& request);

    Task<http::Response> identities(web::Request& request);
    Task<http::Response> confirm(web::Request& request);
    Task<http::Response> begin_linking(web::Request& request);
    Task<http::Response> unlink(web::Request& request);

    [[nodiscard]] Task<http::Response> finish_sign_in(
        web::Request& request, const Provider& provider, flow::FlowState flow, account::ProvenIdentity who
    );
    [[nodiscard]] Task<http::Response> finish_linking(
        web::Request& request, const Provider& provider, flow::FlowState flow, account::ProvenIdentity who
    );
    [[nodiscard]] Task<http::Response> question_page(
        web::Request& request, const Provider& provider, flow::FlowState flow, const Error* refusal
    );
    /// What the answer to the question came to.
    [[nodiscard]] Task<http::Response> answered(
        web::Request& request, const Provider& provider, flow::FlowState flow, Result<account::SignedIn> done
    );
    [[nodiscard]] Task<http::Response> identities_page(web::Request& request, IdentitiesView view);

    /// The provider that the path names, or nullptr.
    [[nodiscard]] const Provider* find_provider(const web::Request& request) const noexcept;
    /// The flow of the request, at the question that comes after the provider which the path names.
    [[nodiscard]] std::optional<flow::FlowState> find_question(const web::Request& request) const;
    [[nodiscard]] account::SessionWish wish_of(const web::Request& request, const flow::FlowState& flow)
        const;
    [[nodiscard]] http::Response signed_in(
        const web::Request& request, const Provider& provider, const account::SignedIn& signed_in
    ) const;
    /// Where a way ends that came to nothing; nullptr where the path names no provider.
    [[nodiscard]] http::Response give_up(
        const web::Request& request, const Provider* provider, const Error& error
    ) const;
    /// Whether the log gets a line of this provider: strangers decide how often there would be one.
    [[nodiscard]] bool may_log(const Provider& provider);

    Services services_;
    ratelimit::MemoryLimiter logged_;
};

}  // namespace cardea::identity
