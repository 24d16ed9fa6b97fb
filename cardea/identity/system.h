// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/directory.h"
#include "cardea/account/federation.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/service.h"
#include "cardea/audit/log.h"
#include "cardea/audit/reference.h"
#include "cardea/flow/flow.h"
#include "cardea/identity/cookies.h"
#include "cardea/identity/services.h"
#include "cardea/session/service.h"
#include "cardea/stores/sqlite_stores.h"

#include <memory>
#include <string>
#include <vector>

namespace cardea::identity {

/// What an installation decides.
struct SystemOptions {
    account::RegistrationMode registration = account::RegistrationMode::closed;
    session::SessionPolicy session;
    bool limits = true;  ///< false only for load tests: no limit on tries
    apikey::ApiKeyPrefix api_key_prefix;
    bool https = true;          ///< whether browsers reach it by https, for the cookies
    std::string cookie_domain;  ///< empty: this host alone
    account::PasswordDeskOptions passwords;
    ScopesOf scopes;  ///< absent: people have none
    PageRenderer page = render_page;
    std::vector<ProviderOffer> providers;  ///< where people may sign in instead of here
    std::string home = "/account";         ///< where a sign-in leads that wanted nowhere else
};

/// What a System is made with; all of it outlives it.
struct SystemParts {
    const crypto::Keyring& keyring;
    const Clock& clock;
    Random& random;
    http::Client* network = nullptr;  ///< over which providers are asked; needed where there are any
};

/// Accounts, sessions, API keys, flows and the audit log on one database, put together in one place. Knows no
/// HTTP but the cookies; Site does. Thread-safe once made; the event loops of all callers outlive it.
class System {
 public:
    /// Errc::config with a sentence when the cookies or a provider cannot be had. How the passwords in the
    /// database are hashed is read here, before anybody is served. Blocks.
    [[nodiscard]] static Result<std::unique_ptr<System>> make(
        SystemParts parts, SystemOptions options, stores::SqliteStores stores
    );

    /// What endpoints and pages work with.
    [[nodiscard]] Services services();
    [[nodiscard]] account::AccountDirectory& directory() noexcept { return directory_; }
    [[nodiscard]] session::SessionService& sessions() noexcept { return sessions_; }
    [[nodiscard]] apikey::ApiKeyService& api_keys() noexcept { return api_keys_; }
    [[nodiscard]] account::PasswordDesk& passwords() noexcept { return passwords_; }
    [[nodiscard]] const Providers& providers() const noexcept { return providers_; }
    [[nodiscard]] audit::AuditLog& audit() noexcept { return audit_; }
    [[nodiscard]] const audit::References& references() const noexcept { return references_; }
    [[nodiscard]] stores::SqliteStores& stores() noexcept { return stores_; }

    /// Housekeeping, about once a minute: writes down when sessions and keys were last seen, and forgets what
    /// has ended.
    [[nodiscard]] Task<> maintain();
    /// Writes down what a stop would lose. Nothing that was answered is among it.
    [[nodiscard]] Task<> write_out();

 private:
    /// What can fail to be made, made.
    struct Made {
        Cookies cookies;
        Providers providers;
    };

    System(SystemParts parts, SystemOptions options, stores::SqliteStores stores, Made made);
    [[nodiscard]] account::Parts account_parts();
    [[nodiscard]] Task<> flush_last_seen();
    [[nodiscard]] Task<> sweep();

    SystemParts parts_;
    stores::SqliteStores stores_;
    Cookies cookies_;
    Providers providers_;
    std::string cookie_domain_;
    PageRenderer render_page_;
    std::string home_;
    SessionCsrfToken csrf_token_;
    AccountUsers users_;
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
    account::FederationService federation_;
};

}  // namespace cardea::identity
