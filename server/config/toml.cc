// SPDX-License-Identifier: Apache-2.0
#include "server/config/loader.h"
#include "server/config/provider_settings.h"
#include "server/config/suggestion.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <optional>

namespace cardea::server {
namespace {

std::string place(const std::string& file, const toml::source_region& source) {
    return fmt::format("{}:{}", file, source.begin.line);
}

/// The text of a scalar; nullopt for dates, tables and fractions, which no setting is.
std::optional<std::string> to_text(const toml::node& node) {
    if (const auto* text = node.as_string()) {
        return text->get();
    }
    if (const auto* number = node.as_integer()) {
        return std::to_string(number->get());
    }
    if (const auto* boolean = node.as_boolean()) {
        return boolean->get() ? "true" : "false";
    }
    return std::nullopt;
}

std::optional<Texts> to_texts(const Setting& setting, const toml::node& node) {
    const auto* items = node.as_array();
    if ((items != nullptr) != (setting.kind == SettingKind::list)) {
        return std::nullopt;
    }
    if (items == nullptr) {
        const std::optional<std::string> text = to_text(node);
        return text ? std::optional(Texts{*text}) : std::nullopt;
    }
    Texts texts;
    for (const toml::node& item : *items) {
        const std::optional<std::string> text = to_text(item);
        if (!text) {
            return std::nullopt;
        }
        texts.push_back(*text);
    }
    return texts;
}

GivenProvider gather_provider(const toml::table& table, const std::string& file, Gathered& into) {
    GivenProvider provider{.values{}, .where = place(file, table.source())};
    for (const auto& [key, node] : table) {
        const std::string where = place(file, key.source());
        const std::optional<std::string> text = to_text(node);
        if (const ProviderSetting* setting = find_provider_setting(key.str()); setting == nullptr) {
            into.mistakes.push_back({where, unknown_provider_setting(key.str())});
        } else if (text) {
            provider.values[std::string(key.str())] = {{*text}, where};
        } else {
            into.mistakes.push_back({where, fmt::format("providers.{}: this takes a text", setting->name)});
        }
    }
    return provider;
}

/// `[[providers]]`, each entry a table.
void gather_providers(const toml::node& node, const std::string& file, Gathered& into) {
    const auto* entries = node.as_array();
    if (entries == nullptr || !entries->is_array_of_tables()) {
        into.mistakes.push_back({place(file, node.source()), "providers: write each as a [[providers]] table"}
        );
        return;
    }
    for (const toml::node& entry : *entries) {
        into.providers.push_back(gather_provider(*entry.as_table(), file, into));
    }
}

// Recursion ends: toml++ refuses deep nesting.
void gather_table(
    const toml::table& table, const std::string& prefix, const std::string& file, Gathered& into
) {
    for (const auto& [key, node] : table) {
        const std::string name = prefix + std::string(key.str());
        const std::string where = place(file, key.source());
        const Setting* setting = find_setting(name);
        if (name == "providers") {
            gather_providers(node, file, into);
        } else if (setting == nullptr && node.is_table()) {
            gather_table(*node.as_table(), name + ".", file, into);
        } else if (setting == nullptr) {
            into.mistakes.push_back({where, unknown_setting(name)});
        } else if (std::optional<Texts> texts = to_texts(*setting, node)) {
            into.values[name] = {std::move(*texts), where};
        } else {
            into.mistakes.push_back({where, fmt::format("{}: this takes a {}", name, setting->values)});
        }
    }
}

}  // namespace

void gather_toml(std::string_view text, const std::string& file, Gathered& into) {
    try {
        gather_table(toml::parse(text, file), "", file, into);
    } catch (const toml::parse_error& error) {
        into.mistakes.push_back(
            {place(file, error.source()), fmt::format("this is not TOML: {}", error.description())}
        );
    }
}

}  // namespace cardea::server
