// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Passes every call on to another store, and lets a test do something at the moment before an account comes
/// into it. The next listing can be made to fail.
class HookedIdentityStore final : public account::FederatedIdentityStore {
 public:
    explicit HookedIdentityStore(account::FederatedIdentityStore& real) : real_(real) {}

    std::function<void()> before_insert_account;
    std::optional<Errc> list_fails_with;

    Task<Result<>> insert(account::FederatedIdentity identity, account::LinkTerms terms) override {
        return real_.insert(std::move(identity), terms);
    }
    Task<Result<>> insert_account(
        account::AccountRecord account, account::FederatedIdentity identity, std::vector<OneTimeUse> consumes
    ) override {
        if (const auto hook = std::exchange(before_insert_account, nullptr)) {
            hook();
        }
        return real_.insert_account(std::move(account), std::move(identity), std::move(consumes));
    }
    Task<Result<std::optional<account::FederatedIdentity>>> find(std::string issuer, std::string subject)
        override {
        return real_.find(std::move(issuer), std::move(subject));
    }
    Task<Result<std::vector<account::FederatedIdentity>>> list(AccountId account) override {
        if (const auto failure = std::exchange(list_fails_with, std::nullopt)) {
            co_return fail(*failure, "on purpose");
        }
        co_return co_await real_.list(account);
    }
    Task<Result<bool>> remove(AccountId account, FederatedIdentityId identity, account::UnlinkTerms terms)
        override {
        return real_.remove(account, identity, terms);
    }
    Task<Result<>> touch(FederatedIdentityId identity, Time last_used_at) override {
        return real_.touch(identity, last_used_at);
    }

 private:
    account::FederatedIdentityStore& real_;
};

}  // namespace cardea::testing
