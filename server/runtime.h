// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/fetch/client.h"
#include "cardea/identity/system.h"
#include "cardea/sql/data_folder_lock.h"
#include "server/config/config.h"
#include "server/config/root_secret.h"
#include "server/operations.h"

#include <atomic>
#include <memory>

namespace cardea::server {

/// The system of accounts, opened from a configuration: the data folder, the root secret and what lives
/// behind them. Serves the operator's commands itself (Operations); `serve` puts pages and API on top of
/// system(). Thread-safe once open; the event loops of all callers outlive it.
class Runtime final : public Operations {
 public:
    /// Opens the data folder, takes its lock, reads the root secret, opens the database and applies
    /// migrations. Without a database, folder (mode 0700), secret and database are made, or it is refused
    /// before anything is touched. For `database_only` a passing secret stands in for that of the folder.
    /// Every failure is one sentence in the error's context. Blocks.
    [[nodiscard]] static Result<std::unique_ptr<Runtime>> open(const Config& config, Opening opening);

    ~Runtime() override;

    [[nodiscard]] identity::System& system() noexcept { return *system_; }
    [[nodiscard]] const RootSecret& root_secret() const noexcept { return secret_; }
    [[nodiscard]] const Clock& clock() const noexcept { return clock_; }
    [[nodiscard]] sql::SqliteDatabase& database() noexcept { return *system_->stores().database; }

    // Operations
    Task<Result<account::AccountRecord>> add_account(account::Registration registration) override;
    Task<Result<account::AccountRecord>> find_account(std::string name) override;
    Task<Result<std::vector<account::AccountRecord>>> list_accounts(account::Page page) override;
    Task<Result<>> disable_account(AccountId account) override;
    Task<Result<>> enable_account(AccountId account) override;
    Task<Result<>> delete_account(AccountId account) override;
    Task<Result<>> set_password(AccountId account, SecretText password) override;
    Task<Result<std::vector<account::FederatedIdentity>>> list_identities(AccountId account) override;
    Task<Result<>> unlink_identity(AccountId account, FederatedIdentityId identity, account::WayIn way_in)
        override;
    Task<Result<std::vector<session::SessionRecord>>> list_sessions(AccountId account) override;
    Task<Result<>> revoke_session(AccountId account, SessionId session) override;
    Task<Result<std::size_t>> revoke_all_sessions(AccountId account) override;
    Task<Result<apikey::IssuedApiKey>> issue_api_key(apikey::NewApiKey wish) override;
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list_api_keys(AccountId account) override;
    Task<Result<>> revoke_api_key(AccountId account, ApiKeyId key) override;
    Task<Result<std::size_t>> revoke_all_api_keys(AccountId account) override;
    Task<Result<ApiKeyFinding>> find_api_key(apikey::ApiKeyHash key_hash) override;
    Task<Result<IssuedInvitation>> invite(account::Invitation invitation) override;
    Task<Result<>> revoke_invitation(std::string code) override;
    Task<Result<>> back_up(std::filesystem::path target) override;
    Task<Result<std::vector<std::string>>> check() override;
    SchemaState schema() override;
    Task<Result<audit::Verification>> verify_audit(std::optional<audit::Head> known) override;
    Task<Result<AuditListing>> list_audit(audit::Choice choice) override;
    Result<audit::Refusal> explain(std::string_view reference) override;

 private:
    Runtime(sql::DataFolderLock lock, RootSecret secret, std::string origin)
        : lock_(std::move(lock)), secret_(std::move(secret)), origin_(std::move(origin)) {}
    [[nodiscard]] Result<> make_system(const Config& config, const std::filesystem::path& database);
    Task<Result<>> record_operator(audit::Event event, AccountId account, std::string subject = {});

    SystemClock clock_;
    SystemRandom random_;
    sql::DataFolderLock lock_;
    RootSecret secret_;
    std::string origin_;                      // that people see: "https://id.example.com"
    std::unique_ptr<fetch::Client> network_;  // for system_; absent where no provider is asked
    std::unique_ptr<identity::System> system_;
    std::atomic<bool> is_schema_told_ = false;
};

}  // namespace cardea::server
