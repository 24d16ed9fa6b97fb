// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/record.h"
#include "cardea/account/store.h"
#include "cardea/session/subject.h"

#include <memory>
#include <string>

namespace cardea::account {

/// Who is signed in: what a program wants at hand on every request, kept in the session cache beside the
/// session. Immutable; a program that keeps more (a finished answer) derives from it.
class Identity : public session::Subject {
 public:
    explicit Identity(const AccountRecord& record)
        : id_(record.id),
          email_(record.email),
          email_verified_(record.email_verified),
          username_(record.username),
          name_(record.name) {}

    [[nodiscard]] AccountId id() const noexcept { return id_; }
    [[nodiscard]] const std::string& email() const noexcept { return email_; }
    [[nodiscard]] bool email_verified() const noexcept { return email_verified_; }
    [[nodiscard]] const std::string& username() const noexcept { return username_; }
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
    AccountId id_;
    std::string email_;
    bool email_verified_;
    std::string username_;
    std::string name_;
};

/// The account with that id, whatever its status; Errc::not_found.
[[nodiscard]] Task<Result<AccountRecord>> load_account(AccountStore& accounts, AccountId account);

/// The account that a session belongs to, if it may still be used: else Errc::not_found or
/// Errc::account_disabled. What every SubjectLoader of this program asks first.
[[nodiscard]] Task<Result<AccountRecord>> load_active_account(AccountStore& accounts, AccountId account);

/// Loads the Identity when a session enters the cache. Thread-safe.
class IdentityLoader final : public session::SubjectLoader {
 public:
    explicit IdentityLoader(AccountStore& accounts) : accounts_(accounts) {}

    [[nodiscard]] Task<Result<std::shared_ptr<const session::Subject>>> load(
        const session::SessionRecord& record
    ) override;

 private:
    AccountStore& accounts_;
};

}  // namespace cardea::account
