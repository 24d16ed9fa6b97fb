// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/providers.h"

#include <algorithm>
#include <utility>

namespace cardea::identity {

std::string callback_path(std::string_view id) {
    return std::string("/login/").append(id).append("/callback");
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
