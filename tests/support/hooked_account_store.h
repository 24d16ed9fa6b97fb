// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/store.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Passes every call on to another store and writes down which came; before a look-up by id, an update or
/// the count of a failure it can do what a test wants to happen at that moment. The next look-up by id, or
/// insert, can be made to fail.
class HookedAccountStore final : public account::AccountStore {
 public:
    explicit HookedAccountStore(account::AccountStore& real) : real_(real) {}

    std::vector<std::string> calls;
    std::function<void()> before_find;
    std::function<void()> before_insert;
    std::function<void()> before_update;
    std::function<void()> before_reclaim;
    std::function<void()> before_count;
    std::optional<Errc> insert_fails_with;
    std::optional<Errc> find_fails_with;

    Task<Result<>> insert(account::AccountRecord record, std::vector<OneTimeUse> consumes) override {
        calls.emplace_back("insert");
        if (const auto hook = std::exchange(before_insert, nullptr)) {
            hook();
        }
        if (const auto failure = std::exchange(insert_fails_with, std::nullopt)) {
            co_return fail(*failure, "on purpose");
        }
        co_return co_await real_.insert(std::move(record), std::move(consumes));
    }
    Task<Result<std::optional<account::AccountRecord>>> find(AccountId id) override {
        calls.emplace_back("find");
        if (const auto hook = std::exchange(before_find, nullptr)) {
            hook();
        }
        if (const auto failure = std::exchange(find_fails_with, std::nullopt)) {
            co_return fail(*failure, "on purpose");
        }
        co_return co_await real_.find(id);
    }
    Task<Result<std::optional<account::AccountRecord>>> find_by_email(std::string email_key) override {
        calls.emplace_back("find_by_email");
        return real_.find_by_email(std::move(email_key));
    }
    Task<Result<std::optional<account::AccountRecord>>> find_by_username(std::string username_key) override {
        calls.emplace_back("find_by_username");
        return real_.find_by_username(std::move(username_key));
    }
    Task<Result<>> update(
        account::AccountRecord record, std::int64_t expected_version, std::optional<SessionId> session
    ) override {
        calls.emplace_back("update");
        if (const auto hook = std::exchange(before_update, nullptr)) {
            hook();
        }
        return real_.update(std::move(record), expected_version, session);
    }
    Task<Result<>> reclaim(account::AccountRecord record, std::int64_t expected_version, account::Kept kept)
        override {
        calls.emplace_back("reclaim");
        if (const auto hook = std::exchange(before_reclaim, nullptr)) {
            hook();
        }
        return real_.reclaim(std::move(record), expected_version, std::move(kept));
    }
    Task<Result<>> count_failed_attempt(std::optional<AccountId> id) override {
        calls.emplace_back("count_failed_attempt");
        if (const auto hook = std::exchange(before_count, nullptr)) {
            hook();
        }
        return real_.count_failed_attempt(id);
    }
    Task<Result<>> clear_failed_attempts(AccountId id) override {
        calls.emplace_back("clear_failed_attempts");
        return real_.clear_failed_attempts(id);
    }
    Task<Result<bool>> remove(AccountId id) override {
        calls.emplace_back("remove");
        return real_.remove(id);
    }
    Task<Result<std::vector<account::AccountRecord>>> list(account::Page page) override {
        return real_.list(page);
    }

 private:
    account::AccountStore& real_;
};

}  // namespace cardea::testing
