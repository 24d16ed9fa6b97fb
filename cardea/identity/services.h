// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federation.h"
#include "cardea/account/service.h"
#include "cardea/apikey/service.h"
#include "cardea/identity/cookies.h"
#include "cardea/identity/pages/layout.h"
#include "cardea/identity/providers.h"
#include "cardea/identity/user.h"
#include "cardea/password/policy.h"
#include "cardea/session/service.h"

#include <string>

namespace cardea::identity {

/// What endpoints and pages work with. Made by System, which outlives them.
struct Services {
    account::AccountService& accounts;
    account::FederationService& federation;
    account::AccountStore& account_rows;
    session::SessionService& sessions;
    apikey::ApiKeyService& api_keys;
    flow::FlowEngine& flows;
    const Providers& providers;
    const Cookies& cookies;
    const std::string& cookie_domain;  ///< the setting, or empty
    const crypto::Keyring& keyring;
    const Clock& clock;
    Random& random;
    account::RegistrationMode registration;
    const password::PasswordPolicy& password_policy;
    SessionCsrfToken csrf_token;
    const PageRenderer& render_page;
    const std::string& home;  ///< where a sign-in leads that wanted nowhere else
};

}  // namespace cardea::identity
