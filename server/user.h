// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/api_key_owners.h"
#include "cardea/account/identity.h"
#include "cardea/account/store.h"
#include "cardea/session/subject.h"
#include "cardea/web/request.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::server {

/// Makes the CSRF token of a session, for its page forms and its JSON.
using SessionCsrfToken = std::function<std::string(SessionId)>;

/// The answers to "whose request is this?", finished: they are made once, when a session or an API key enters
/// the cache, so that a check costs a look-up.
class FinishedAnswers {
 public:
    FinishedAnswers(std::string session_json, std::string identity_lines)
        : session_json_(std::make_shared<const std::string>(std::move(session_json))),
          identity_lines_(std::move(identity_lines)) {}

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

/// Who is signed in.
class User final : public account::Identity, public FinishedAnswers {
 public:
    User(
        const account::AccountRecord& account,
        const session::SessionRecord& session,
        std::string_view csrf_token
    );
};

/// The answers to a request that has a session or an API key.
[[nodiscard]] const FinishedAnswers& answers_of(const web::Request& request) noexcept;

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

/// Whose API key a request came with.
class KeyUser final : public account::ApiKeyOwner, public FinishedAnswers {
 public:
    KeyUser(const account::AccountRecord& account, const apikey::ApiKeyRecord& key);
};

/// Makes the KeyUser when a key enters the cache. Thread-safe.
class KeyUsers final : public account::ApiKeyOwners {
 public:
    using ApiKeyOwners::ApiKeyOwners;

 protected:
    [[nodiscard]] std::shared_ptr<const apikey::Owner> make_owner(
        const account::AccountRecord& account, const apikey::ApiKeyRecord& key
    ) const override;
};

}  // namespace cardea::server
