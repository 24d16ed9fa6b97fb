// SPDX-License-Identifier: Apache-2.0
/// server/config: what the operator decides. One tree of values with safe defaults, filled from a TOML file,
/// CARDEA_* variables and flags, in that order; one table (settings.cc) says how each is spelled, read, shown
/// and documented. All mistakes are found at once, and one is enough to stop the start.
#pragma once

#include "cardea/account/operation.h"
#include "cardea/apikey/key.h"
#include "cardea/base/secret.h"
#include "cardea/http/address.h"
#include "cardea/http/proxy.h"
#include "cardea/http/url.h"
#include "cardea/log/log.h"
#include "cardea/password/cost.h"
#include "cardea/session/policy.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cardea::server {

struct LimitSettings {
    bool enabled = true;  ///< false only for load tests: no limit on tries
    std::size_t connections = 10'000;
    std::size_t buffer_mib = 64;
};

enum class PasswordRules : std::uint8_t { standard, nist, four_classes };

/// Whether a service is asked if a new password stands in known breaches, and whether it must have answered.
enum class BreachSetting : std::uint8_t { off, ask, require };

struct PasswordSettings {
    PasswordRules rules = PasswordRules::standard;
    std::filesystem::path blocklist;  ///< a filter beside the built-in one; may be empty
    BreachSetting breaches = BreachSetting::off;
    password::Argon2Cost cost;  ///< of new hashes
    bool pepper = false;        ///< put a key of the root secret to new hashes
};

enum class ProviderKind : std::uint8_t { oidc, google, github, gitlab };

/// One entry of `[[providers]]`: where people may sign in instead of here.
struct ProviderConfig {
    std::string id;  ///< its part of our URLs
    ProviderKind kind = ProviderKind::oidc;
    std::string name;    ///< on the button; empty: that of the kind, or the id
    std::string issuer;  ///< empty: that of the kind
    std::string client_id;
    SecretText client_secret;
    std::filesystem::path client_secret_file;  ///< where it stands instead; may be empty
    std::string scope;                         ///< empty: that of the kind
    std::optional<bool> trust_email;           ///< absent: as is usual for the kind

    /// Whether an address that it calls verified is.
    [[nodiscard]] bool trusts_email() const noexcept {
        return trust_email.value_or(kind != ProviderKind::oidc);
    }
    /// What people read.
    [[nodiscard]] std::string shown_name() const;
};

/// Made by load_config(), and constant from then on.
struct Config {
    std::vector<std::string> listen{"127.0.0.1:8080", "[::1]:8080"};
    std::string admin_listen;  ///< metrics and readiness; empty: off
    http::Url public_url = *http::parse_url("http://localhost:8080");
    bool is_public_url_named = false;  ///< by whoever configures; otherwise it follows `listen`
    std::filesystem::path data = "data";
    bool is_data_named = false;         ///< by whoever configures; otherwise it must be ours (trust.h)
    std::filesystem::path credentials;  ///< systemd's for this service ($CREDENTIALS_DIRECTORY); may be empty
    SecretText secret;                  ///< root secrets as crypto::Keyring::parse reads them; may be empty
    std::filesystem::path secret_file;  ///< where they stand instead; may be empty: see root_secret.h
    account::RegistrationMode registration = account::RegistrationMode::open;
    LimitSettings limits;
    std::string session_preset = "default";  ///< where `session` started from
    session::SessionPolicy session;
    std::string cookie_domain;  ///< empty: this host alone
    http::ProxyPolicy proxy;
    std::vector<std::string> proxy_trust_texts;  ///< `proxy.trust` as it was written
    PasswordSettings password;
    apikey::ApiKeyPrefix api_key_prefix;
    bool api_keys_forward_auth = false;  ///< a proxy lets requests with an API key pass
    std::vector<ProviderConfig> providers;
    std::vector<http::Network> fetch_networks;     ///< that requests may go to beside public addresses
    std::vector<std::string> fetch_network_texts;  ///< the same as it was written
    log::Options log;
    std::size_t workers = 0;  ///< event loops; 0: one per core
};

}  // namespace cardea::server
