// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"
#include "server/config/settings.h"

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::server {

/// Something that must be put right before the server starts.
struct Mistake {
    std::string where;     ///< "cardea.toml:12", "CARDEA_LISTEN", "--listen"
    std::string sentence;  ///< what to do
};

/// A mistake about a setting, which it names unless the place does so already.
[[nodiscard]] Mistake mistake_about(std::string_view setting, std::string where, std::string_view sentence);

/// What a setting was given, and where.
struct Given {
    Texts texts;
    std::string where;
};

/// One entry of `[[providers]]` as it was given.
struct GivenProvider {
    std::map<std::string, Given, std::less<>> values;
    std::string where;
};

/// The settings that were given, by name. Sources that are gathered later win.
struct Gathered {
    std::map<std::string, Given, std::less<>> values;
    std::vector<GivenProvider> providers;
    std::map<std::string, Texts, std::less<>> provider_secrets;  ///< by variable
    std::vector<Mistake> mistakes;
};

/// Reads a TOML text. `file` is how mistakes name it.
void gather_toml(std::string_view text, const std::string& file, Gathered& into);

using Variables = std::vector<std::pair<std::string, std::string>>;
/// The value of a variable; empty without it.
[[nodiscard]] std::string find_variable(const Variables& environment, std::string_view name);

/// Reads the CARDEA_* variables among those of the environment.
void gather_environment(const Variables& environment, Gathered& into);

using Flags = std::vector<std::pair<std::string_view, Texts>>;
/// Reads flags, by the names of their settings.
void gather_flags(const Flags& flags, Gathered& into);

/// The configuration, or everything that is wrong with it. `origins` says where each value came from that is
/// no default.
struct LoadedConfig {
    Config config;
    std::map<std::string, std::string, std::less<>> origins;
    std::vector<std::string> provider_origins;  ///< of each of Config::providers
};
using ConfigResult = std::expected<LoadedConfig, std::vector<Mistake>>;

/// Reads every value, fills in the defaults that depend on others, and checks what must fit together. Pure.
[[nodiscard]] ConfigResult make_config(Gathered gathered);

struct ConfigSources {
    std::filesystem::path file;  ///< empty: `cardea.toml` here, if there is one
    Variables environment;
    Flags flags;
};

/// The whole: file, then environment, then flags. A file or a data folder of the working folder that was not
/// named must be ours (trust.h).
[[nodiscard]] ConfigResult load_config(const ConfigSources& sources);

/// Every mistake on a line of its own.
[[nodiscard]] std::string to_text(const std::vector<Mistake>& mistakes);

}  // namespace cardea::server
