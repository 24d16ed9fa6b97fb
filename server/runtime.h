// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/directory.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/service.h"
#include "cardea/audit/log.h"
#include "cardea/audit/reference.h"
#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/flow/flow.h"
#include "cardea/session/service.h"
#include "cardea/sql/data_folder_lock.h"
#include "cardea/stores/sqlite_stores.h"
#include "server/config/config.h"
#include "server/config/root_secret.h"
#include "server/cookies.h"
#include "server/operations.h"
#include "server/services.h"

#include <memory>

namespace cardea::server {

/// The composition root: everything behind the HTTP surface, opened from a configuration and put together in
/// one place. Serves the operator's commands itself (Operations); `serve` puts pages and API on top of
/// services(). Thread-safe once open; the event loops of all callers outlive it.
class Runtime final : public Operations {
 public:
    /// Opens the data folder (made if it is not there, mode 0700), takes its lock, reads or makes the root
    /// secret, opens the database and applies migrations. Every failure is one sentence in the error's
    /// context. Blocks.
    [[nodiscard]] static Result<std::unique_ptr<Runtime>> open(const Config& config);

    ~Runtime() override;

    /// What endpoints and pages work with.
    [[nodiscard]] Services services();
    [[nodiscard]] const crypto::Keyring& keyring() const noexcept { return secret_.keyring; }
    [[nodiscard]] const RootSecret& root_secret() const noexcept { return secret_; }
    [[nodiscard]] const audit::References& references() const noexcept { return references_; }
    [[nodiscard]] audit::AuditLog& audit() noexcept { return audit_; }
    [[nodiscard]] const Clock& clock() const noexcept { return clock_; }
    [[nodiscard]] Random& random() noexcept { return random_; }
    [[nodiscard]] sql::SqliteDatabase& database() noexcept { return *stores_.database; }
    [[nodiscard]] flow::OneTimeStore& one_time() noexcept { return *stores_.one_time; }
    [[nodiscard]] account::PasswordDesk& passwords() noexcept { return passwords_; }
    [[nodiscard]] const Cookies& cookies() const noexcept { return cookies_; }

    // Operations
    Task<Result<account::AccountRecord>> add_account(account::Registration registration) override;
    Task<Result<account::AccountRecord>> find_account(std::string name) override;
    Task<Result<std::vector<account::AccountRecord>>> list_accounts(account::Page page) override;
    Task<Result<>> disable_account(AccountId account) override;
    Task<Result<>> enable_account(AccountId account) override;
    Task<Result<>> delete_account(AccountId account) override;
    Task<Result<>> set_password(AccountId account, SecretText password) override;
    Task<Result<std::vector<session::SessionRecord>>> list_sessions(AccountId account) override;
    Task<Result<>> revoke_session(AccountId account, SessionId session) override;
    Task<Result<std::size_t>> revoke_all_sessions(AccountId account) override;
    Task<Result<apikey::IssuedApiKey>> issue_api_key(apikey::NewApiKey wish) override;
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list_api_keys(AccountId account) override;
    Task<Result<>> revoke_api_key(AccountId account, ApiKeyId key) override;
    Task<Result<std::size_t>> revoke_all_api_keys(AccountId account) override;
    Task<Result<ApiKeyFinding>> find_api_key(apikey::ApiKeyHash key_hash) override;
    Task<Result<std::string>> invite(account::Invitation invitation) override;
    Task<Result<>> back_up(std::filesystem::path target) override;
    Task<Result<std::vector<std::string>>> check() override;
    SchemaState schema() override;
    Task<Result<audit::Verification>> verify_audit() override;
    Result<audit::Refusal> explain(std::string_view reference) override;

 private:
    /// What can fail to open, opened.
    struct Opened {
        sql::DataFolderLock lock;
        RootSecret secret;
        Cookies cookies;
        stores::SqliteStores stores;
        account::PasswordDeskOptions passwords;
    };

    [[nodiscard]] static Result<Opened> open_parts(const Config& config, Random& random);
    Runtime(const Config& config, Opened opened);
    [[nodiscard]] account::Parts account_parts();
    Task<Result<>> record_operator(audit::Event event, AccountId account, std::string subject = {});

    SystemClock clock_;
    SystemRandom random_;
    sql::DataFolderLock lock_;
    RootSecret secret_;
    Cookies cookies_;
    std::string cookie_domain_;
    stores::SqliteStores stores_;
    SessionCsrfToken csrf_token_;
    UserLoader users_;
    session::SessionService sessions_;
    flow::FlowEngine flows_;
    audit::References references_;
    audit::AuditLog audit_;
    KeyUsers key_users_;
    apikey::ApiKeyService api_keys_;
    account::GuessGuard guard_;
    account::PasswordDesk passwords_;
    account::AccountPolicy policy_;
    account::AccountService accounts_;
    account::AccountDirectory directory_;
};

}  // namespace cardea::server
