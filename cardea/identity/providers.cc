// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/providers.h"

#include <algorithm>
#include <utility>

namespace cardea::identity {

std::string callback_path(std::string_view id) {
    return std::string("/login/").append(id).append("/callback");
}

std::string_view name(ProviderOutcome outcome) noexcept {
    switch (outcome) {
        case ProviderOutcome::signed_in:
            return "signed_in";
        case ProviderOutcome::linked:
            return "linked";
        case ProviderOutcome::denied:
            return "denied";
        case ProviderOutcome::refused:
            return "refused";
        case ProviderOutcome::unavailable:
            return "unavailable";
    }
    return "unknown";
}

ProviderOutcome outcome_of(Errc failure) noexcept {
    switch (failure) {
        case Errc::authorization_denied:
            return ProviderOutcome::denied;
        case Errc::upstream_unavailable:
        case Errc::destination_refused:
            return ProviderOutcome::unavailable;
        default:
            return ProviderOutcome::refused;
    }
}

Result<Providers> Providers::make(std::vector<ProviderOffer> offers, oauth::ClientParts parts) {
    Providers out;
    for (ProviderOffer& offer : offers) {
        Result<std::unique_ptr<oauth::Client>> client = oauth::Client::make(std::move(offer.oauth), parts);
        if (!client) {
            return fail(Errc::config, "provider " + offer.id + ": " + client.error().context);
        }
        out.providers_.push_back({
            .id = std::move(offer.id),
            .name = std::move(offer.name),
            .takes_prompt_login = offer.takes_prompt_login,
            .trusts_email = offer.trusts_email,
            .client = std::move(*client),
        });
    }
    return out;
}

const Provider* Providers::find(std::string_view id) const noexcept {
    const auto found = std::ranges::find(providers_, id, &Provider::id);
    return found == providers_.end() ? nullptr : &*found;
}

const Provider* Providers::find_issuer(std::string_view issuer) const noexcept {
    const auto found = std::ranges::find_if(providers_, [issuer](const Provider& provider) {
        return provider.issuer() == issuer;
    });
    return found == providers_.end() ? nullptr : &*found;
}

}  // namespace cardea::identity
