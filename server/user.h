// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/identity.h"
#include "cardea/account/store.h"
#include "cardea/session/subject.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::server {

/// Makes the CSRF token of a session, for its page forms and its JSON.
using SessionCsrfToken = std::function<std::string(SessionId)>;

/// Who is signed in, with the answers to "whose request is this?" finished: they are made once, when the
/// session enters the cache, so that a check costs a look-up.
class User final : public account::Identity {
 public:
    User(
        const account::AccountRecord& account,
        const session::SessionRecord& session,
        std::string_view csrf_token
    );

    /// The body of GET /api/v1/session, shared with the responses that carry it.
    [[nodiscard]] const std::shared_ptr<const std::string>& session_json() const noexcept {
        return session_json_;
    }
    /// The X-Auth-* header lines of /auth/verify.
    [[nodiscard]] const std::string& identity_lines() const noexcept { return identity_lines_; }

 private:
    std::shared_ptr<const std::string> session_json_;
    std::string identity_lines_;
};

/// Loads the User when a session enters the cache; refuses disabled accounts. Thread-safe.
class UserLoader final : public session::SubjectLoader {
 public:
    UserLoader(account::AccountStore& accounts, SessionCsrfToken csrf_token)
        : accounts_(accounts), csrf_token_(std::move(csrf_token)) {}

    [[nodiscard]] Task<Result<std::shared_ptr<const session::Subject>>> load(
        const session::SessionRecord& record
    ) override;

 private:
    account::AccountStore& accounts_;
    SessionCsrfToken csrf_token_;
};

}  // namespace cardea::server
