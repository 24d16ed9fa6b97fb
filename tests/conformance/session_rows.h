// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/conformance/backend.h"

#include <optional>
#include <vector>

/// What the suites for sessions share.
namespace cardea::testing {

inline void expect_same(const session::SessionRecord& a, const session::SessionRecord& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.token_hash, b.token_hash);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.transport, b.transport);
    EXPECT_EQ(a.persistence, b.persistence);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.last_seen_at, b.last_seen_at);
    EXPECT_EQ(a.idle, b.idle);
    EXPECT_EQ(a.expires_at, b.expires_at);
    EXPECT_EQ(a.amr, b.amr);
    EXPECT_EQ(a.identity, b.identity);
    EXPECT_EQ(a.client_address, b.client_address);
    EXPECT_EQ(a.user_agent, b.user_agent);
    EXPECT_EQ(a.data, b.data);
    EXPECT_EQ(a.version, b.version);
}

inline bool is_there(session::SessionStore& store, const session::TokenHash& hash) {
    const Result<std::optional<session::SessionRecord>> found = run(store.find(hash));
    EXPECT_TRUE(found);
    return found && found->has_value();
}

inline session::SessionRecord load(session::SessionStore& store, const session::TokenHash& hash) {
    const Result<std::optional<session::SessionRecord>> found = run(store.find(hash));
    EXPECT_TRUE(found && found->has_value());
    return found && *found ? **found : session::SessionRecord{};
}

inline std::vector<SessionId> ids(const Result<std::vector<session::SessionRecord>>& listed) {
    EXPECT_TRUE(listed);
    std::vector<SessionId> result;
    for (const session::SessionRecord& record : *listed) {
        result.push_back(record.id);
    }
    return result;
}

inline void insert(session::SessionStore& store, const session::SessionRecord& record) {
    const auto inserted = run(store.insert(record, {}));
    ASSERT_TRUE(inserted) << inserted.error().context;
}

}  // namespace cardea::testing
