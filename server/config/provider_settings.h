// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/config.h"
#include "server/config/settings.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::server {

/// One key of an entry of `[[providers]]`. The entries stand in the file alone; `client_secret` may come as
/// a variable too, see provider_secret_variable().
struct ProviderSetting {
    std::string_view name;
    SettingKind kind;
    std::string_view values;    ///< what it may be
    std::string_view fallback;  ///< what counts without it, in words
    std::string_view summary;
    /// Reads the text into the entry. Errc::config with a sentence.
    Result<> (*read)(ProviderConfig&, const std::string&);
    /// The value as it is written in TOML, or empty when it is not set. Never called for secrets.
    std::string (*show)(const ProviderConfig&);
};

/// Every key, in the order in which they are read and documented.
[[nodiscard]] std::span<const ProviderSetting> provider_settings() noexcept;

/// The key of that name, or nullptr.
[[nodiscard]] const ProviderSetting* find_provider_setting(std::string_view name) noexcept;

/// "CARDEA_PROVIDERS_GOOGLE_CLIENT_SECRET" for "google".
[[nodiscard]] std::string provider_secret_variable(std::string_view id);

}  // namespace cardea::server
