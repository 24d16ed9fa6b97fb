// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/api_key_owners.h"
#include "cardea/account/identity.h"
#include "cardea/account/store.h"
#include "cardea/session/subject.h"
#include "cardea/web/request.h"
#include "cardea/web/user.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::identity {

/// Makes the CSRF token of a session, for its page forms and its JSON.
using SessionCsrfToken = std::function<std::string(SessionId)>;

/// What a person may do in the program beside being signed in. Asked when a session or an API key enters the
/// cache; must not block. Absent: nobody has scopes.
using ScopesOf = std::function<std::vector<std::string>(const account::AccountRecord&)>;

/// The answers to "whose request is this?", finished: they are made once, when a session or an API key enters
/// the cache, so that a check costs a look-up.
class FinishedAnswers : public web::HasUser {
 public:
    FinishedAnswers(web::User user, std::string session_json, std::string identity_lines)
        : user_(std::move(user)),
          session_json_(std::make_shared<const std::string>(std::move(session_json))),
          identity_lines_(std::move(identity_lines)) {}

    [[nodiscard]] const web::User& user() const noexcept override { return user_; }
    /// The body of GET /api/v1/session, shared by all responses that carry it, with one csrf_token: the
    /// body repeats nothing of a request, so compression gives nothing away (BREACH).
    [[nodiscard]] const std::shared_ptr<const std::string>& session_json() const noexcept {
        return session_json_;
    }
    /// The X-Auth-* header lines of /auth/verify.
    [[nodiscard]] const std::string& identity_lines() const noexcept { return identity_lines_; }

 private:
    web::User user_;
    std::shared_ptr<const std::string> session_json_;
    std::string identity_lines_;
};

/// Who is signed in.
class AccountUser final : public account::Identity, public FinishedAnswers {
 public:
    AccountUser(const account::AccountRecord& account, FinishedAnswers answers)
        : Identity(account), FinishedAnswers(std::move(answers)) {}
};

/// The answers to a request that has a session or an API key.
[[nodiscard]] const FinishedAnswers& answers_of(const web::Request& request) noexcept;

/// Loads the AccountUser when a session enters the cache; refuses disabled accounts. Thread-safe.
class AccountUsers final : public session::SubjectLoader {
 public:
    AccountUsers(account::AccountStore& accounts, ScopesOf scopes, SessionCsrfToken csrf_token)
        : accounts_(accounts), scopes_(std::move(scopes)), csrf_token_(std::move(csrf_token)) {}

    [[nodiscard]] Task<Result<std::shared_ptr<const session::Subject>>> load(
        const session::SessionRecord& record
    ) override;

 private:
    account::AccountStore& accounts_;
    ScopesOf scopes_;
    SessionCsrfToken csrf_token_;
};

/// Whose API key a request came with. A key without scopes is as good as its owner; one with scopes may do
/// only what both say, and is not "authenticated" unless that is among them.
class KeyUser final : public account::ApiKeyOwner, public FinishedAnswers {
 public:
    KeyUser(const account::AccountRecord& account, FinishedAnswers answers)
        : ApiKeyOwner(account), FinishedAnswers(std::move(answers)) {}
};

/// Makes the KeyUser when a key enters the cache. Thread-safe.
class KeyUsers final : public account::ApiKeyOwners {
 public:
    KeyUsers(const account::ApiKeyOwnersParts& parts, ScopesOf scopes)
        : ApiKeyOwners(parts), scopes_(std::move(scopes)) {}

 protected:
    [[nodiscard]] std::shared_ptr<const apikey::Owner> make_owner(
        const account::AccountRecord& account, const apikey::ApiKeyRecord& key
    ) const override;

 private:
    ScopesOf scopes_;
};

}  // namespace cardea::identity
