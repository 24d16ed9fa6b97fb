// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace cardea::server {

class CommandGroup;
class Shell;

// Each adds one group of commands to the command line. The shell outlives it.
void add_serve_command(CLI::App& app, Shell& shell);
void add_account_commands(CLI::App& app, Shell& shell);
void add_api_key_commands(CLI::App& app, Shell& shell);
void add_session_commands(CLI::App& app, Shell& shell);
void add_store_commands(CLI::App& app, Shell& shell);
void add_audit_commands(CLI::App& app, Shell& shell);
void add_password_commands(CLI::App& app, Shell& shell);
void add_config_commands(CLI::App& app, Shell& shell);
void add_cookie_commands(CLI::App& app, Shell& shell);
void add_jwe_commands(CLI::App& app, Shell& shell);
void add_jwk_commands(CLI::App& app, Shell& shell);
void add_jwt_commands(CLI::App& app, Shell& shell);
void add_totp_commands(CLI::App& app, Shell& shell);

/// How commands ask whose something is.
inline constexpr const char* account_words = "Its id, e-mail address or user name";

/// Adds `cardea account import` to the commands for accounts.
void add_import_command(const CommandGroup& accounts);
/// Adds `cardea account identities` and `cardea account unlink` to them.
void add_identity_commands(const CommandGroup& accounts);

/// Adds `cardea audit list` to the commands for the audit log.
void add_audit_list_command(const CommandGroup& audit);

/// Adds a flag for every setting to a command, but for those that are global.
void add_setting_flags(CLI::App& command, Shell& shell);

}  // namespace cardea::server
