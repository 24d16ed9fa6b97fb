// SPDX-License-Identifier: Apache-2.0
#include "server/config/provider_settings.h"

#include "server/config/values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace cardea::server {
namespace {

constexpr std::size_t max_id_size = 32;
constexpr std::size_t max_name_size = 40;

struct KindWords {
    std::string_view word;
    std::string_view name;
    ProviderKind kind;
};

constexpr std::array kinds{
    KindWords{"oidc", "", ProviderKind::oidc},
    KindWords{"google", "Google", ProviderKind::google},
    KindWords{"github", "GitHub", ProviderKind::github},
    KindWords{"gitlab", "GitLab", ProviderKind::gitlab},
};

const KindWords& words_of(ProviderKind kind) noexcept {
    return *std::ranges::find(kinds, kind, &KindWords::kind);
}

Result<> read_id(ProviderConfig& provider, const std::string& text) {
    const bool is_plain = std::ranges::all_of(text, [](unsigned char c) {
        return std::islower(c) != 0 || std::isdigit(c) != 0;
    });
    if (text.empty() || text.size() > max_id_size || !is_plain) {
        return fail(
            Errc::config, "use up to 32 lower-case letters and digits: it is a part of the redirect URI"
        );
    }
    provider.id = text;
    return {};
}

Result<> read_kind(ProviderConfig& provider, const std::string& text) {
    const auto found = std::ranges::find(kinds, text, &KindWords::word);
    if (found == kinds.end()) {
        return fail(Errc::config, "choose one of: oidc, google, github, gitlab");
    }
    provider.kind = found->kind;
    return {};
}

Result<> read_name(ProviderConfig& provider, const std::string& text) {
    if (text.size() > max_name_size) {
        return fail(Errc::config, "use a name that fits on a button: up to 40 bytes");
    }
    provider.name = text;
    return {};
}

Result<> read_trust_email(ProviderConfig& provider, const std::string& text) {
    const Result<bool> trusts = parse_switch(text);
    if (!trusts) {
        return std::unexpected(trusts.error());
    }
    provider.trust_email = *trusts;
    return {};
}

std::string quoted_or_empty(std::string_view text) {
    return text.empty() ? std::string() : in_quotes(text);
}

/// A row for a text that has no rules of its own.
template <std::string ProviderConfig::* Member>
constexpr ProviderSetting text_setting(
    std::string_view name, std::string_view values, std::string_view fallback, std::string_view summary
) {
    return {
        name,
        SettingKind::single,
        values,
        fallback,
        summary,
        [](ProviderConfig& provider, const std::string& text) -> Result<> {
            provider.*Member = text;
            return {};
        },
        [](const ProviderConfig& provider) { return quoted_or_empty(provider.*Member); },
    };
}

using enum SettingKind;

constexpr std::array table{
    ProviderSetting{
        "id",
        single,
        "lower-case letters and digits",
        "required",
        "Its part of the redirect URI `<public_url>/login/<id>/callback`, which you give to the provider.",
        read_id,
        [](const ProviderConfig& provider) { return in_quotes(provider.id); },
    },
    ProviderSetting{
        "kind",
        single,
        "oidc, google, github or gitlab",
        "`oidc`",
        "What the provider is: `oidc` for any that speaks OpenID Connect.",
        read_kind,
        [](const ProviderConfig& provider) { return in_quotes(words_of(provider.kind).word); },
    },
    ProviderSetting{
        "name",
        single,
        "text",
        "that of the kind, else the id",
        "What people read: \"Continue with ...\".",
        read_name,
        [](const ProviderConfig& provider) { return in_quotes(provider.shown_name()); },
    },
    text_setting<&ProviderConfig::issuer>(
        "issuer",
        "https URL",
        "that of the kind",
        "Exactly as the provider writes it. Required for `oidc`; for `gitlab`, your own GitLab; `google` and "
        "`github` have theirs."
    ),
    text_setting<&ProviderConfig::client_id>(
        "client_id", "text", "required", "What the provider calls you; from registering there."
    ),
    ProviderSetting{
        "client_secret",
        SettingKind::secret,
        "text",
        "one of the two is required",
        "The password that goes with it. Also as the variable `CARDEA_PROVIDERS_<ID>_CLIENT_SECRET`.",
        [](ProviderConfig& provider, const std::string& text) -> Result<> {
            provider.client_secret = SecretText(text);
            return {};
        },
        nullptr,
    },
    ProviderSetting{
        "client_secret_file",
        single,
        "file",
        "one of the two is required",
        "Where it stands instead, on one line; only its owner may read it.",
        [](ProviderConfig& provider, const std::string& text) -> Result<> {
            provider.client_secret_file = text;
            return {};
        },
        [](const ProviderConfig& provider) { return quoted_or_empty(provider.client_secret_file.string()); },
    },
    text_setting<&ProviderConfig::scope>(
        "scope",
        "scopes with spaces between",
        "that of the kind",
        "What is asked of the provider; `openid email profile` where nothing else is said."
    ),
    ProviderSetting{
        "trust_email",
        single,
        "true or false",
        "`true`, for `oidc` `false`",
        "Whether an address that the provider calls verified counts as verified: then whoever has it there "
        "gets "
        "into the account with it here. `true` only for a provider that checks addresses, or gives them out.",
        read_trust_email,
        [](const ProviderConfig& provider) { return on_off(provider.trusts_email()); },
    },
};

}  // namespace

std::string ProviderConfig::shown_name() const {
    if (!name.empty()) {
        return name;
    }
    const std::string_view of_kind = words_of(kind).name;
    return of_kind.empty() ? id : std::string(of_kind);
}

std::span<const ProviderSetting> provider_settings() noexcept {
    return table;
}

const ProviderSetting* find_provider_setting(std::string_view name) noexcept {
    const auto found = std::ranges::find(table, name, &ProviderSetting::name);
    return found == table.end() ? nullptr : &*found;
}

std::string provider_secret_variable(std::string_view id) {
    return to_variable("providers." + std::string(id) + ".client_secret");
}

}  // namespace cardea::server
