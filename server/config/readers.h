// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/config/settings.h"

namespace cardea::server {

/// Readers of the settings whose values have rules of their own: Setting::read for the rows of the table.
[[nodiscard]] Result<> read_listen(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_admin_listen(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_public_url(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_data(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_secret(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_preset(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_cookie_domain(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_proxy_trust(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_proxy_header(Config& config, const Texts& texts);
[[nodiscard]] Result<> read_fetch_networks(Config& config, const Texts& texts);

}  // namespace cardea::server
