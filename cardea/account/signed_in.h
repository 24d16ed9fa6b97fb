// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/session/service.h"

#include <optional>
#include <string>

namespace cardea::account {

/// What session a sign-in asks for.
struct SessionWish {
    session::Transport transport = session::Transport::cookie;
    session::Persistence persistence = session::Persistence::browser_session;
    std::optional<session::SessionName> replaces;  ///< the live session that the request came with
    std::string data = "{}";  ///< the application's: that of the session before, where its person goes on
};

/// A person who is signed in.
struct SignedIn {
    AccountRecord account;
    session::IssuedSession session;
    std::string device_cookie;  ///< to be set for a year: this device is known from now on
    std::string next;           ///< where the flow began, or empty
};

}  // namespace cardea::account
