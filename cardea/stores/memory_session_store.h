// SPDX-License-Identifier: Apache-2.0
/// stores: what keeps sessions, accounts, one-time values and the audit log: one class per backend behind
/// each interface of the modules that need them. A backend is right when it passes tests/conformance.
#pragma once

#include "cardea/session/store.h"
#include "cardea/stores/memory_one_time_store.h"

#include <map>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

namespace cardea::stores {

/// The reference SessionStore: what it answers is what every other backend must answer. Sessions are gone
/// with the process. No method looks at more sessions than it answers with or removes. The store of one-time
/// values outlives it.
class MemorySessionStore final : public session::SessionStore {
 public:
    explicit MemorySessionStore(MemoryOneTimeStore& one_time) noexcept : one_time_(one_time) {}

    Task<Result<std::optional<session::TokenHash>>> insert(
        session::SessionRecord record, session::Insertion also
    ) override;
    Task<Result<std::optional<session::SessionRecord>>> find(session::TokenHash token_hash) override;
    Task<Result<std::vector<session::SessionRecord>>> list(AccountId account) override;
    Task<Result<bool>> remove(AccountId account, SessionId session, std::optional<SessionId> asking) override;
    Task<Result<bool>> remove_token(session::TokenHash token_hash) override;
    Task<Result<std::size_t>> remove_all(AccountId account, std::optional<SessionId> except) override;
    Task<Result<std::size_t>> remove_others(session::SessionName asking) override;
    Task<Result<bool>> rotate(session::TokenHash from, session::TokenHash to) override;
    Task<Result<>> update_data(session::TokenHash token_hash, std::string data, std::int64_t expected_version)
        override;
    Task<Result<>> touch(std::vector<session::Touch> touches) override;
    Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) override;

    /// For the stores that look at sessions, or end them, in a transaction of their own.
    [[nodiscard]] bool has_now(const session::SessionName& name);
    std::size_t remove_all_now(AccountId account, const std::optional<SessionId>& except);
    void remove_by_identity_now(
        AccountId account, FederatedIdentityId identity, const std::optional<SessionId>& except
    );

 private:
    /// Unseen for the longest time first.
    using Order = std::tuple<Time, Time, SessionId>;
    [[nodiscard]] static Order order_of(const session::SessionRecord& record) {
        return {record.last_seen_at, record.created_at, record.id};
    }

    void add(session::SessionRecord record);
    void erase(SessionId id);
    std::size_t erase_all(AccountId account, const std::optional<SessionId>& except);
    [[nodiscard]] bool is_there(const session::SessionName& name) const;
    bool remove_now(const session::SessionName& name);
    [[nodiscard]] session::SessionRecord* find_token(const session::TokenHash& token_hash);
    [[nodiscard]] std::vector<SessionId> ids_of(AccountId account) const;
    [[nodiscard]] std::optional<session::TokenHash> remove_past_limit(
        const session::SessionRecord& inserted, std::size_t limit
    );

    MemoryOneTimeStore& one_time_;
    std::mutex mutex_;
    std::map<SessionId, session::SessionRecord> sessions_;
    std::map<session::TokenHash, SessionId> by_token_;
    std::map<AccountId, std::set<Order>> by_account_;
    std::set<std::pair<Time, SessionId>> by_end_;
};

}  // namespace cardea::stores
