// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/sql/detail/sqlite_connection.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace cardea::sql::detail {

/// The reading connections of a database: one for each thread that ever read, handed on when a thread ends.
/// Thread-safe.
class ReaderSet : public std::enable_shared_from_this<ReaderSet> {
 public:
    explicit ReaderSet(const SqliteOptions& options);

    /// The calling thread's connection. No lock after the thread's first call.
    [[nodiscard]] Result<SqliteConnection*> of_this_thread();

    /// Takes the connection of a thread that ended.
    void give_back(SqliteConnection* connection);

    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

 private:
    [[nodiscard]] Result<SqliteConnection*> take();

    const SqliteOptions options_;
    const std::uint64_t number_;  ///< never used twice, unlike an address
    std::mutex mutex_;
    std::vector<std::unique_ptr<SqliteConnection>> all_;
    std::vector<SqliteConnection*> free_;
};

}  // namespace cardea::sql::detail
