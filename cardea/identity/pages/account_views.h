// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"
#include "cardea/identity/pages/confirmation.h"
#include "cardea/identity/user.h"
#include "cardea/session/record.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// What /account shows; `has_identities` when there are other ways to sign in, or were.
[[nodiscard]] html::Node account_cards(const AccountUser& user, bool has_identities);

/// The list of sessions, and what goes with it.
struct SessionsView {
    std::string csrf_token;
    std::string_view good_news;
    std::string problem;
    std::optional<Confirmation> confirmation;  ///< the sign-in is too old to end all others without it
};
[[nodiscard]] html::Node sessions_cards(
    const SessionsView& view, std::span<const session::SessionRecord> sessions, SessionId current
);

/// The form for a new password.
struct PasswordView {
    std::string csrf_token;
    std::string_view good_news;
    std::string problem;
    std::string_view current_problem;
    std::string new_problem;
    std::string hint;   ///< what the policy asks for
    std::string login;  ///< whose password it is, for password managers
};
[[nodiscard]] html::Node password_card(const PasswordView& view);

/// The form for the first password of an account that has none. With a confirmation, that is asked for first.
[[nodiscard]] html::Node first_password_card(
    const PasswordView& view, const std::optional<Confirmation>& confirmation
);

}  // namespace cardea::identity
