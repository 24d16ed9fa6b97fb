// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"
#include "cardea/identity/pages/confirmation.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::identity {

/// The sign-in form as it is shown, first or again.
struct SignInForm {
    std::string csrf_token;
    std::string next;            ///< where it leads, checked; empty: nowhere else
    std::string login;           ///< what was typed last time
    std::string problem;         ///< why it did not work
    std::string_view good_news;  ///< "Your account is ready."
    bool registration_open = false;
    std::vector<ProviderLink> providers;
};
[[nodiscard]] html::Node sign_in_card(const SignInForm& form);

/// The registration form as it is shown, first or again.
struct RegistrationForm {
    std::string csrf_token;
    std::string next;
    std::string login;
    std::string name;
    std::string invitation;
    std::string password_hint;
    std::string problem;             ///< of the whole
    std::string_view login_problem;  ///< of one field
    std::string_view name_problem;
    std::string_view invitation_problem;
    std::string password_problem;
    bool by_invitation = false;
    std::vector<ProviderLink> providers;
};
[[nodiscard]] html::Node registration_card(const RegistrationForm& form);

}  // namespace cardea::identity
