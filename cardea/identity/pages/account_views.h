// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"
#include "cardea/identity/user.h"
#include "cardea/session/record.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// What /account shows.
[[nodiscard]] html::Node account_cards(const AccountUser& user);

/// The list of sessions, and what goes with it.
struct SessionsView {
    std::string csrf_token;
    std::string_view good_news;
    std::string_view problem;
    bool asks_password = false;  ///< the sign-in is too old to end all others without it
};
[[nodiscard]] html::Node sessions_cards(
    const SessionsView& view, std::span<const session::SessionRecord> sessions, SessionId current
);

/// The form for a new password.
struct PasswordView {
    std::string csrf_token;
    std::string_view good_news;
    std::string_view problem;
    std::string_view current_problem;
    std::string_view new_problem;
};
[[nodiscard]] html::Node password_card(const PasswordView& view);

}  // namespace cardea::identity
