// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::server {

/// The texts that a setting was given: one, or several for a list.
using Texts = std::vector<std::string>;

enum class SettingKind : std::uint8_t {
    single,
    list,
    secret,  ///< never shown, and no flag: arguments are visible to everybody on the machine
};

/// One row of the table of settings. "session.idle" is a key of the TOML file, CARDEA_SESSION_IDLE and
/// --session-idle.
struct Setting {
    std::string_view name;
    SettingKind kind;
    std::string_view values;   ///< what it may be: "duration", "open, invitation or closed"
    std::string_view summary;  ///< what it decides; one or two sentences
    /// Reads the texts into the tree. Errc::config with a sentence.
    Result<> (*read)(Config&, const Texts&);
    /// The value as it is written in TOML. Never called for secrets.
    std::string (*show)(const Config&);
};

/// Every setting, in the order in which they are read and documented.
[[nodiscard]] std::span<const Setting> settings() noexcept;

/// The setting of that name, or nullptr.
[[nodiscard]] const Setting* find_setting(std::string_view name) noexcept;

/// "CARDEA_SESSION_IDLE" and "--session-idle" for "session.idle".
[[nodiscard]] std::string to_variable(std::string_view name);
[[nodiscard]] std::string to_flag(std::string_view name);

}  // namespace cardea::server
