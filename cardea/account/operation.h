// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/record.h"
#include "cardea/account/store.h"
#include "cardea/base/random.h"
#include "cardea/base/secret.h"

#include <string>
#include <vector>

namespace cardea::apikey {
class ApiKeyService;
}
namespace cardea::audit {
class AuditLog;
class References;
}  // namespace cardea::audit
namespace cardea::flow {
class FlowEngine;
}
namespace cardea::session {
class SessionService;
}

namespace cardea::account {

class GuessGuard;
class PasswordDesk;

/// What the operations work with. Everything outlives the service that holds it.
struct Parts {
    AccountStore& accounts;
    FederatedIdentityStore& identities;
    session::SessionService& sessions;
    apikey::ApiKeyService& api_keys;
    flow::FlowEngine& flows;
    PasswordDesk& passwords;
    GuessGuard& guard;
    audit::AuditLog& audit;
    const audit::References& references;
    const Clock& clock;
    Random& random;
};

/// Who may make an account.
enum class RegistrationMode : std::uint8_t { closed, by_invitation, open };

/// What an installation decides about accounts.
struct AccountPolicy {
    RegistrationMode registration = RegistrationMode::closed;
    /// Ending all other sessions, and handing out an API key, ask for the password when the sign-in is older
    /// than this.
    Duration step_up_after = std::chrono::minutes(10);
    /// How long an invitation is good.
    Duration invitation_lifetime = std::chrono::days(7);
    /// The issuers of the providers that are offered: an identity of any other is no way in.
    std::vector<std::string> issuers{};
};

/// What is known of the one who asks: for limits, the audit log and the list of sessions.
struct RequestFacts {
    std::string client_address;
    std::string user_agent;
    std::string device_cookie;  ///< value of the device cookie, empty when there is none
};

/// A new account as a person or an operator asks for it. At least one of email and username.
struct Registration {
    std::string email;
    std::string username;
    std::string name;
    SecretText password;
    std::string invitation;     ///< the code, where registration asks for one
    std::string password_hash;  ///< brought from another system, instead of a password; for operators alone
};

}  // namespace cardea::account
