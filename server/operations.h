// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/directory.h"
#include "cardea/apikey/service.h"
#include "cardea/audit/listing.h"
#include "cardea/audit/log.h"
#include "cardea/audit/reference.h"
#include "cardea/session/record.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cardea::server {

/// What an operation needs where no server runs.
enum class Opening : std::uint8_t {
    everything,     ///< the database and the root secret, both of which are there
    database_only,  ///< the database, which is there: nothing is done that hangs on the root secret
    make_missing,   ///< everything, and what is not there is made
};

/// Where the database's schema stands.
struct SchemaState {
    std::int64_t version = 0;
    std::size_t applied = 0;  ///< migrations that were applied since somebody asked
};

/// What is known of an API key that somebody holds.
struct ApiKeyFinding {
    apikey::ApiKeyRecord key;
    account::AccountRecord account;
    apikey::KeyState state = apikey::KeyState::live;

    [[nodiscard]] bool is_valid() const noexcept {
        return state == apikey::KeyState::live && account.status == account::Status::active;
    }
};

/// Rows of the audit log, the oldest first.
struct AuditListing {
    std::vector<audit::AuditRecord> events;
    std::optional<Errc> not_written;  ///< why what was noted last is not among them
};

/// What is handed over to whom an invitation is for: either will do.
struct IssuedInvitation {
    std::string code;
    std::string link;  ///< to the page that asks for it; its part behind the # is sent to no server
};

/// What an operator's commands ask to be done. A command reaches it in a running server through the control
/// socket, so that a revocation acts on that server's cache; when none runs, in its own process. Every change
/// is audited as done by "operator". Thread-safe.
class Operations {
 public:
    virtual ~Operations() = default;

    [[nodiscard]] virtual Task<Result<account::AccountRecord>> add_account(account::Registration registration
    ) = 0;
    /// The account with that id, e-mail address or user name; Errc::not_found.
    [[nodiscard]] virtual Task<Result<account::AccountRecord>> find_account(std::string name) = 0;
    [[nodiscard]] virtual Task<Result<std::vector<account::AccountRecord>>> list_accounts(account::Page page
    ) = 0;
    [[nodiscard]] virtual Task<Result<>> disable_account(AccountId account) = 0;
    [[nodiscard]] virtual Task<Result<>> enable_account(AccountId account) = 0;
    [[nodiscard]] virtual Task<Result<>> delete_account(AccountId account) = 0;
    /// Ends every session of the account.
    [[nodiscard]] virtual Task<Result<>> set_password(AccountId account, SecretText password) = 0;

    /// Who signs in to the account at providers.
    [[nodiscard]] virtual Task<Result<std::vector<account::FederatedIdentity>>> list_identities(
        AccountId account
    ) = 0;
    /// Ends every session that came by it. Errc::not_found; Errc::conflict when no way in would stay.
    [[nodiscard]] virtual Task<Result<>> unlink_identity(
        AccountId account, FederatedIdentityId identity, account::WayIn way_in
    ) = 0;

    [[nodiscard]] virtual Task<Result<std::vector<session::SessionRecord>>> list_sessions(AccountId account
    ) = 0;
    /// Errc::not_found when the account has no such session.
    [[nodiscard]] virtual Task<Result<>> revoke_session(AccountId account, SessionId session) = 0;
    /// The number of sessions that ended.
    [[nodiscard]] virtual Task<Result<std::size_t>> revoke_all_sessions(AccountId account) = 0;

    [[nodiscard]] virtual Task<Result<apikey::IssuedApiKey>> issue_api_key(apikey::NewApiKey wish) = 0;
    [[nodiscard]] virtual Task<Result<std::vector<apikey::ApiKeyRecord>>> list_api_keys(AccountId account
    ) = 0;
    /// Errc::not_found when the account has no such key.
    [[nodiscard]] virtual Task<Result<>> revoke_api_key(AccountId account, ApiKeyId key) = 0;
    /// The number of keys that were revoked.
    [[nodiscard]] virtual Task<Result<std::size_t>> revoke_all_api_keys(AccountId account) = 0;
    /// Whose key it is; does not count as a use of it. Errc::not_found.
    [[nodiscard]] virtual Task<Result<ApiKeyFinding>> find_api_key(apikey::ApiKeyHash key_hash) = 0;

    /// Errc::config where registration is closed: it would be good for nothing.
    [[nodiscard]] virtual Task<Result<IssuedInvitation>> invite(account::Invitation invitation) = 0;
    /// Errc::not_found, Errc::expired, Errc::replayed: see AccountDirectory::revoke_invitation.
    [[nodiscard]] virtual Task<Result<>> revoke_invitation(std::string code) = 0;

    /// Errc::io when `target` exists or cannot be written, Errc::store_corrupt when the copy would be
    /// damaged.
    [[nodiscard]] virtual Task<Result<>> back_up(std::filesystem::path target) = 0;
    /// What is wrong with the database, a sentence each; empty when it is whole.
    [[nodiscard]] virtual Task<Result<std::vector<std::string>>> check() = 0;
    /// Migrations are told once: whoever asks after that has nothing to do.
    [[nodiscard]] virtual SchemaState schema() = 0;

    /// `known` is the head of before that somebody kept.
    [[nodiscard]] virtual Task<Result<audit::Verification>> verify_audit(std::optional<audit::Head> known
    ) = 0;
    /// What has happened so far, a refusal of this moment included, if the disk takes it.
    [[nodiscard]] virtual Task<Result<AuditListing>> list_audit(audit::Choice choice) = 0;
    [[nodiscard]] virtual Result<audit::Refusal> explain(std::string_view reference) = 0;
};

}  // namespace cardea::server
