// SPDX-License-Identifier: Apache-2.0
// Federated identities over JSON: listed and unlinked by the person who is signed in. Linking needs a
// browser.
#include "cardea/base/json_writer.h"
#include "cardea/identity/api/api.h"
#include "cardea/web/response.h"

#include <utility>

namespace cardea::identity {
namespace {

std::string identities_json(
    const std::vector<account::FederatedIdentity>& identities, const Providers& providers
) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().key("identities").begin_array();
    for (const account::FederatedIdentity& identity : identities) {
        const Provider* provider = providers.find_issuer(identity.issuer);
        json.begin_object()
            .member("id", identity.id)
            .member("provider", provider == nullptr ? std::nullopt : std::optional(provider->id))
            .member("issuer", identity.issuer)
            .member("label", identity.label)
            .member("linked_at", identity.linked_at)
            .member("last_used_at", identity.last_used_at)
            .end_object();
    }
    json.end_array().end_object();
    return out;
}

}  // namespace

Task<http::Response> Api::list_identities(web::Request& request) {
    const AccountId account = request.account_session()->record().account;
    Result<std::vector<account::FederatedIdentity>> identities = co_await services_.federation.list(account);
    if (!identities) {
        co_return request.refuse(std::move(identities).error());
    }
    co_return web::json(identities_json(*identities, services_.providers));
}

Task<http::Response> Api::unlink_identity(web::Request& request) {
    const Result<FederatedIdentityId> target = request.param_id<FederatedIdentityId>("id");
    if (!target) {
        co_return request.refuse(target.error());
    }
    session::SessionRecord session = request.account_session()->record();
    account::RequestFacts facts = facts_of(request, services_.cookies);
    Result<> done = co_await services_.federation.unlink(std::move(session), *target, std::move(facts));
    if (!done && done.error().code == Errc::conflict) {
        web::Problem problem(std::move(done).error());
        problem.detail =
            "This is the only way into your account. Set a password or connect another account first.";
        co_return request.refuse(problem);
    }
    if (!done) {
        co_return request.refuse(std::move(done).error());
    }
    co_return web::no_content();
}

}  // namespace cardea::identity
