// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/conformance/backend.h"

#include <optional>
#include <vector>

/// What the suites for federated identities share.
namespace cardea::testing {

inline void expect_same(const account::FederatedIdentity& a, const account::FederatedIdentity& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.issuer, b.issuer);
    EXPECT_EQ(a.subject, b.subject);
    EXPECT_EQ(a.label, b.label);
    EXPECT_EQ(a.linked_at, b.linked_at);
    EXPECT_EQ(a.last_used_at, b.last_used_at);
}

inline std::optional<account::FederatedIdentity> find(
    account::FederatedIdentityStore& store, const account::FederatedIdentity& like
) {
    Result<std::optional<account::FederatedIdentity>> found = run(store.find(like.issuer, like.subject));
    EXPECT_TRUE(found);
    return found.value_or(std::nullopt);
}

inline void insert(account::FederatedIdentityStore& store, const account::FederatedIdentity& identity) {
    const Result<> inserted = run(store.insert(identity, {}));
    ASSERT_TRUE(inserted) << inserted.error().context;
}

inline std::vector<FederatedIdentityId> ids(account::FederatedIdentityStore& store, AccountId account) {
    const auto listed = run(store.list(account));
    EXPECT_TRUE(listed);
    std::vector<FederatedIdentityId> result;
    for (const account::FederatedIdentity& identity : listed.value()) {
        result.push_back(identity.id);
    }
    return result;
}

template <class T>
std::optional<Errc> refusal(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

inline account::AccountRecord load(account::AccountStore& store, AccountId id) {
    return run(store.find(id)).value().value_or(account::AccountRecord());
}

}  // namespace cardea::testing
