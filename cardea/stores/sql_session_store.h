// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/store.h"
#include "cardea/sql/database.h"

namespace cardea::stores {

/// Sessions in an SQL database (sql_schema.h has the table). The database outlives the store.
class SqlSessionStore final : public session::SessionStore {
 public:
    explicit SqlSessionStore(sql::Database& database) noexcept : database_(database) {}

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

 private:
    sql::Database& database_;
};

}  // namespace cardea::stores
