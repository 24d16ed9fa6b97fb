// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/service.h"
#include "cardea/apikey/service.h"
#include "cardea/session/service.h"
#include "server/cookies.h"
#include "server/user.h"

namespace cardea::server {

/// What endpoints and pages work with. Made once by Runtime, which outlives them.
struct Services {
    account::AccountService& accounts;
    account::AccountStore& account_rows;
    session::SessionService& sessions;
    apikey::ApiKeyService& api_keys;
    flow::FlowEngine& flows;
    const Cookies& cookies;
    const std::string& cookie_domain;  ///< the setting, or empty
    const crypto::Keyring& keyring;
    const Clock& clock;
    Random& random;
    account::RegistrationMode registration;
    SessionCsrfToken csrf_token;
};

}  // namespace cardea::server
