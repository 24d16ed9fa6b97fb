// SPDX-License-Identifier: Apache-2.0
#include "server/config/loader.h"

#include "server/config/config_file.h"
#include "server/config/providers.h"
#include "server/config/rules.h"
#include "server/config/suggestion.h"
#include "server/config/trust.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace cardea::server {
namespace {

constexpr std::string_view prefix = "CARDEA_";
constexpr std::string_view provider_prefix = "CARDEA_PROVIDERS_";
constexpr std::string_view provider_secret_suffix = "_CLIENT_SECRET";

/// Variables with our prefix that are no settings: the file's own, those of our tests, and those that
/// Kubernetes makes up for a service that is called cardea.
bool is_foreign(std::string_view variable) {
    constexpr std::array starts{
        "CARDEA_CONFIG", "CARDEA_TEST_", "CARDEA_VECTORS", "CARDEA_SERVICE_", "CARDEA_PORT"
    };
    return std::ranges::any_of(starts, [variable](std::string_view start) {
        return variable.starts_with(start);
    });
}

/// What a setting is given by one text: for a list, its parts between commas without the blanks around them.
Texts split(const Setting& setting, std::string_view text) {
    if (setting.kind != SettingKind::list) {
        return {std::string(text)};
    }
    Texts items;
    std::istringstream stream{std::string(text)};
    for (std::string item; std::getline(stream, item, ',');) {
        const std::size_t first = item.find_first_not_of(" \t");
        const std::size_t last = item.find_last_not_of(" \t");
        if (first != std::string::npos) {
            items.push_back(item.substr(first, last - first + 1));
        }
    }
    return items;
}

std::string to_lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) {
        return static_cast<char>(std::tolower(c));
    });
    return text;
}

/// The data folder that nobody named must be ours: the socket in it is where passwords go.
void check_default_folder(Gathered& gathered) {
    const std::filesystem::path folder = Config().data;
    std::error_code ignored;  // what cannot be looked at is distrusted
    const bool is_there =
        std::filesystem::symlink_status(folder, ignored).type() != std::filesystem::file_type::not_found;
    if (gathered.values.contains("data") || !is_there) {
        return;
    }
    std::string distrust = find_distrust(folder, to_flag("data"));
    if (!distrust.empty()) {
        gathered.mistakes.push_back({"./" + folder.string(), std::move(distrust)});
    }
}

}  // namespace

Mistake mistake_about(std::string_view setting, std::string where, std::string_view sentence) {
    const bool is_named = where == to_flag(setting) || where == to_variable(setting);
    std::string text = is_named ? std::string(sentence) : fmt::format("{}: {}", setting, sentence);
    return {std::move(where), std::move(text)};
}

std::string find_variable(const Variables& environment, std::string_view name) {
    const auto found = std::ranges::find(environment, name, &Variables::value_type::first);
    return found == environment.end() ? "" : found->second;
}

void gather_environment(const Variables& environment, Gathered& into) {
    for (const auto& [variable, text] : environment) {
        if (!variable.starts_with(prefix) || is_foreign(variable)) {
            continue;
        }
        if (variable.starts_with(provider_prefix) && variable.ends_with(provider_secret_suffix)) {
            into.provider_secrets[variable] = {text};
            continue;
        }
        const auto setting =
            std::ranges::find(settings(), variable, [](const Setting& row) { return to_variable(row.name); });
        if (setting == settings().end()) {
            into.mistakes.push_back({variable, unknown_setting(to_lower(variable.substr(prefix.size())))});
            continue;
        }
        into.values[std::string(setting->name)] = {split(*setting, text), variable};
    }
}

void gather_flags(const Flags& flags, Gathered& into) {
    for (const auto& [name, texts] : flags) {
        Texts items;
        for (const std::string& text : texts) {
            const Texts parts = split(*find_setting(name), text);
            items.insert(items.end(), parts.begin(), parts.end());
        }
        into.values[std::string(name)] = {std::move(items), to_flag(name)};
    }
}

ConfigResult make_config(Gathered gathered) {
    LoadedConfig loaded;
    for (const Setting& setting : settings()) {
        const auto given = gathered.values.find(setting.name);
        if (given == gathered.values.end()) {
            continue;
        }
        loaded.origins.emplace(setting.name, given->second.where);
        if (Result<> read = setting.read(loaded.config, given->second.texts); !read) {
            gathered.mistakes.push_back(mistake_about(setting.name, given->second.where, read.error().context)
            );
        }
    }
    loaded.config.is_public_url_named = loaded.origins.contains("public_url");
    loaded.config.is_data_named = loaded.origins.contains("data");
    read_providers(gathered, loaded);
    fill_in_defaults(loaded);
    check_together(loaded, gathered.mistakes);
    check_providers(loaded, gathered.mistakes);
    if (!gathered.mistakes.empty()) {
        return std::unexpected(std::move(gathered.mistakes));
    }
    return loaded;
}

ConfigResult load_config(const ConfigSources& sources) {
    Gathered gathered;
    if (sources.file.empty()) {
        gather_default_file(gathered);
    } else {
        gather_file(sources.file, gathered);
    }
    gather_environment(sources.environment, gathered);
    gather_flags(sources.flags, gathered);
    check_default_folder(gathered);
    ConfigResult loaded = make_config(std::move(gathered));
    if (loaded) {
        loaded->config.credentials = find_variable(sources.environment, "CREDENTIALS_DIRECTORY");
    }
    return loaded;
}

std::string to_text(const std::vector<Mistake>& mistakes) {
    std::string out;
    for (const Mistake& mistake : mistakes) {
        fmt::format_to(std::back_inserter(out), "{}: {}\n", mistake.where, mistake.sentence);
    }
    return out;
}

}  // namespace cardea::server
