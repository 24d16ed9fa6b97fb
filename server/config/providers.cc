// SPDX-License-Identifier: Apache-2.0
#include "server/config/providers.h"

#include "server/config/provider_settings.h"
#include "server/config/secret_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace cardea::server {
namespace {

/// A mistake where the key was given, or where the entry begins.
void add(
    std::vector<Mistake>& mistakes, const GivenProvider& given, std::string_view key, std::string sentence
) {
    const auto at = given.values.find(key);
    const std::string& where = at == given.values.end() ? given.where : at->second.where;
    mistakes.push_back({where, fmt::format("providers.{}: {}", key, sentence)});
}

/// The secret that the environment has for the provider of that id counts before the file's.
void take_secret_variable(GivenProvider& given, Gathered& gathered) {
    const auto id = given.values.find("id");
    if (id == given.values.end()) {
        return;
    }
    if (auto secret = gathered.provider_secrets.extract(provider_secret_variable(id->second.texts.front()))) {
        given.values["client_secret"] = {std::move(secret.mapped()), secret.key()};
    }
}

ProviderConfig read_provider(GivenProvider& given, Gathered& gathered) {
    take_secret_variable(given, gathered);
    ProviderConfig provider;
    for (const ProviderSetting& setting : provider_settings()) {
        const auto value = given.values.find(setting.name);
        if (value == given.values.end()) {
            continue;
        }
        if (Result<> read = setting.read(provider, value->second.texts.front()); !read) {
            add(gathered.mistakes, given, setting.name, read.error().context);
        }
    }
    return provider;
}

/// What cannot be done without, and what does not go together.
std::string why_incomplete(const ProviderConfig& provider) {
    if (provider.id.empty()) {
        return "id: give the provider a short name, such as google";
    }
    if (provider.client_id.empty()) {
        return "client_id: the provider gives it when you register there";
    }
    if (provider.client_secret.empty() == provider.client_secret_file.empty()) {
        return fmt::format(
            "client_secret: set either this (or {}) or client_secret_file",
            provider_secret_variable(provider.id)
        );
    }
    const bool has_own_issuer =
        provider.kind == ProviderKind::google || provider.kind == ProviderKind::github;
    if (has_own_issuer && !provider.issuer.empty()) {
        return "issuer: leave it out for this kind, or choose the kind oidc";
    }
    if (provider.kind == ProviderKind::oidc && provider.issuer.empty()) {
        return "issuer: name the provider's issuer, such as https://login.example.com/realms/staff";
    }
    return {};
}

oauth::ProviderOptions options_of(
    const ProviderConfig& provider, const http::Url& public_url, SecretText secret
) {
    oauth::Registration registration;
    registration.client_id = provider.client_id;
    registration.client_secret = std::move(secret);
    registration.redirect_uri = public_url.origin().text() + callback_path(provider);
    oauth::ProviderOptions options;
    switch (provider.kind) {
        case ProviderKind::google:
            options = oauth::google(std::move(registration));
            break;
        case ProviderKind::github:
            options = oauth::github(std::move(registration));
            break;
        case ProviderKind::gitlab:
            options = provider.issuer.empty() ? oauth::gitlab(std::move(registration))
                                              : oauth::gitlab(std::move(registration), provider.issuer);
            break;
        case ProviderKind::oidc:
            options = oauth::openid_provider(provider.issuer, std::move(registration));
            break;
    }
    if (!provider.scope.empty()) {
        options.scope = provider.scope;
    }
    return options;
}

}  // namespace

void read_providers(Gathered& gathered, LoadedConfig& loaded) {
    for (GivenProvider& given : gathered.providers) {
        ProviderConfig provider = read_provider(given, gathered);
        loaded.provider_origins.push_back(given.where);
        loaded.config.providers.push_back(std::move(provider));
    }
    for (const auto& [variable, texts] : gathered.provider_secrets) {
        gathered.mistakes.push_back({variable, "no entry of [[providers]] has this id"});
    }
}

void check_providers(const LoadedConfig& loaded, std::vector<Mistake>& mistakes) {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < loaded.config.providers.size(); ++i) {
        const ProviderConfig& provider = loaded.config.providers[i];
        const std::string& where = loaded.provider_origins[i];
        if (std::string sentence = why_incomplete(provider); !sentence.empty()) {
            mistakes.push_back({where, "providers." + sentence});
            continue;
        }
        if (!ids.insert(provider.id).second) {
            mistakes.push_back({where, "providers.id: another provider has this id"});
        }
        const oauth::ProviderOptions options =
            options_of(provider, loaded.config.public_url, SecretText("checked at the start"));
        if (Result<> checked = oauth::check_options(options); !checked) {
            mistakes.push_back({where, fmt::format("providers: {}", checked.error().context)});
        }
    }
}

std::string callback_path(const ProviderConfig& provider) {
    return "/login/" + provider.id + "/callback";
}

Result<oauth::ProviderOptions> make_provider_options(const ProviderConfig& provider, const Config& config) {
    if (!provider.client_secret.empty()) {
        return options_of(provider, config.public_url, SecretText(provider.client_secret.expose()));
    }
    const std::string what = "the client secret of the provider " + provider.id;
    const Result<SecretText> file = read_secret_file(provider.client_secret_file, what, config.credentials);
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::string_view line = file->expose().substr(0, file->expose().find_first_of("\r\n"));
    if (line.empty()) {
        return fail(Errc::config, fmt::format("{} is empty: {}", what, provider.client_secret_file.string()));
    }
    return options_of(provider, config.public_url, SecretText(line));
}

}  // namespace cardea::server
