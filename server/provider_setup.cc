// SPDX-License-Identifier: Apache-2.0
#include "server/provider_setup.h"

#include "server/config/providers.h"

#include <stdexcept>
#include <utility>

namespace cardea::server {

Result<> offer_providers(
    const Config& config, identity::SystemOptions& options, std::unique_ptr<fetch::Client>& network
) {
    for (const ProviderConfig& provider : config.providers) {
        Result<oauth::ProviderOptions> oauth = make_provider_options(provider, config);
        if (!oauth) {
            return propagate(oauth);
        }
        options.providers.push_back({
            .id = provider.id,
            .name = provider.shown_name(),
            .oauth = std::move(*oauth),
            .takes_prompt_login = provider.kind == ProviderKind::oidc,
            .trusts_email = provider.trusts_email(),
        });
    }
    if (options.providers.empty()) {
        return {};
    }
    try {
        network =
            std::make_unique<fetch::Client>(fetch::ClientOptions{.allowed_networks = config.fetch_networks});
    } catch (const std::runtime_error& missing) {
        return fail(Errc::config, std::string("providers: ") + missing.what() + ".");
    }
    return {};
}

}  // namespace cardea::server
