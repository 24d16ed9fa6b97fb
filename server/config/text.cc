// SPDX-License-Identifier: Apache-2.0
#include "server/config/text.h"

#include "server/config/provider_settings.h"

#include <fmt/format.h>

#include <iterator>

namespace cardea::server {
namespace {

constexpr std::string_view reference_head = R"(# Configuration

Made by `tools/config-docs` from `server/config/settings.cc`; a test fails when the two differ.

Each setting can be given in the file, as a variable, or as a flag of `cardea serve`; a flag wins over a variable, a
variable over the file. The file is the one that `--config FILE` or `CARDEA_CONFIG` names, or `cardea.toml` in the working
folder, if it is yours and nobody else can write to it. Lists are TOML arrays in the file and separated by commas
elsewhere. Durations are a whole number and a unit: `30s`, `15m`, `12h`, `7d`.

`cardea config check` finds every mistake at once, `cardea config print` shows what is in force and where it came from.
A mistake, an unknown name included, stops the start.

| setting | default | takes | what it decides |
| --- | --- | --- | --- |
)";

constexpr std::string_view provider_head = R"(
## Providers: `[[providers]]`

Where people may sign in instead of here; the guide is [sign in with ...](../guides/sign-in-with.md). Each is an entry of
its own in the file, and neither a flag nor, but for the secret, a variable.

| key | without it | takes | what it decides |
| --- | --- | --- | --- |
)";

constexpr std::string_view reference_tail = R"(
## How they are written

`public_url = "https://login.example.com"` is `CARDEA_PUBLIC_URL=https://login.example.com` and
`--public-url https://login.example.com`; a setting with a dot, such as `session.idle`, is `idle` in the table
`[session]` of the file, `CARDEA_SESSION_IDLE` and `--session-idle`. `secret` has no flag, since everybody on the
machine can read the arguments of a program.

```toml
public_url = "https://login.example.com"
data = "/var/lib/cardea"
registration = "invitation"

[session]
preset = "aal2"

[proxy]
trust = ["127.0.0.1"]
header = "X-Forwarded-For"

[[providers]]
id = "google"
kind = "google"
client_id = "1234.apps.googleusercontent.com"
client_secret_file = "/etc/cardea/google.secret"
```
)";

/// A value as it is printed, in TOML that is JSON too, and where it came from.
struct Shown {
    std::string_view name;
    std::string value;
    std::string_view origin;
};

constexpr const char* hidden = "\"***\"";

/// Every setting but a secret that was not given.
std::vector<Shown> show_settings(const LoadedConfig& loaded) {
    std::vector<Shown> shown;
    for (const Setting& setting : settings()) {
        const auto origin = loaded.origins.find(setting.name);
        const bool is_given = origin != loaded.origins.end();
        const std::string_view source = is_given ? std::string_view(origin->second) : "default";
        if (setting.kind != SettingKind::secret) {
            shown.push_back({setting.name, setting.show(loaded.config), source});
        } else if (is_given) {
            shown.push_back({setting.name, hidden, source});
        }
    }
    return shown;
}

/// The keys of an entry of `[[providers]]` that it has.
std::vector<Shown> show_provider(const ProviderConfig& provider) {
    std::vector<Shown> shown;
    for (const ProviderSetting& setting : provider_settings()) {
        const bool is_secret = setting.kind == SettingKind::secret;
        std::string value = is_secret ? std::string() : setting.show(provider);
        if (is_secret && !provider.client_secret.empty()) {
            value = hidden;
        }
        if (!value.empty()) {
            shown.push_back({setting.name, std::move(value), {}});
        }
    }
    return shown;
}

}  // namespace

std::string to_toml(const LoadedConfig& loaded) {
    std::string out;
    std::string_view table;
    for (const auto& [name, value, origin] : show_settings(loaded)) {
        const std::size_t dot = name.find('.');
        const std::string_view key = name.substr(dot == std::string_view::npos ? 0 : dot + 1);
        const std::string_view own_table = dot == std::string_view::npos ? "" : name.substr(0, dot);
        if (own_table != table) {
            fmt::format_to(std::back_inserter(out), "\n[{}]\n", own_table);
            table = own_table;
        }
        fmt::format_to(std::back_inserter(out), "{} = {}  # {}\n", key, value, origin);
    }
    for (std::size_t i = 0; i < loaded.config.providers.size(); ++i) {
        fmt::format_to(std::back_inserter(out), "\n[[providers]]  # {}\n", loaded.provider_origins[i]);
        for (const Shown& shown : show_provider(loaded.config.providers[i])) {
            fmt::format_to(std::back_inserter(out), "{} = {}\n", shown.name, shown.value);
        }
    }
    return out;
}

void write_json(JsonWriter& json, const LoadedConfig& loaded) {
    json.key("settings").begin_object();
    for (const auto& [name, value, origin] : show_settings(loaded)) {
        json.key(name).begin_object().key("value").raw(value).member("from", origin).end_object();
    }
    json.end_object().key("providers").begin_array();
    for (std::size_t i = 0; i < loaded.config.providers.size(); ++i) {
        json.begin_object();
        for (const Shown& shown : show_provider(loaded.config.providers[i])) {
            json.key(shown.name).raw(shown.value);
        }
        json.member("from", loaded.provider_origins[i]).end_object();
    }
    json.end_array();
}

std::string make_reference() {
    const LoadedConfig defaults;
    std::string out(reference_head);
    for (const Setting& setting : settings()) {
        const bool has_default = setting.kind != SettingKind::secret;
        fmt::format_to(
            std::back_inserter(out),
            "| `{}` | {} | {} | {} |\n",
            setting.name,
            has_default ? fmt::format("`{}`", setting.show(defaults.config)) : "made at the first start",
            setting.values,
            setting.summary
        );
    }
    out.append(provider_head);
    for (const ProviderSetting& setting : provider_settings()) {
        fmt::format_to(
            std::back_inserter(out),
            "| `{}` | {} | {} | {} |\n",
            setting.name,
            setting.fallback,
            setting.values,
            setting.summary
        );
    }
    return out.append(reference_tail);
}

}  // namespace cardea::server
