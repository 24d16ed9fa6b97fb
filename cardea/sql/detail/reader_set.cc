// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/reader_set.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace cardea::sql::detail {

namespace {

/// A thread's hold on a connection of one database; gives it back when the thread ends.
class Hold {
 public:
    Hold(std::weak_ptr<ReaderSet> set, std::uint64_t number, SqliteConnection* connection) noexcept
        : set_(std::move(set)), number_(number), connection_(connection) {}
    ~Hold() {
        if (const std::shared_ptr<ReaderSet> set = set_.lock()) {
            set->give_back(connection_);
        }
    }
    Hold(Hold&&) noexcept = default;
    Hold& operator=(Hold&&) noexcept = default;
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

    [[nodiscard]] bool is_over() const noexcept { return set_.expired(); }
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }
    [[nodiscard]] SqliteConnection* connection() const noexcept { return connection_; }

 private:
    std::weak_ptr<ReaderSet> set_;  // empty after a move, so that only one Hold gives back
    std::uint64_t number_;
    SqliteConnection* connection_;
};

thread_local std::vector<Hold> holds;

std::atomic<std::uint64_t> next_number{1};

}  // namespace

ReaderSet::ReaderSet(const SqliteOptions& options) : options_(options), number_(next_number++) {}

Result<SqliteConnection*> ReaderSet::of_this_thread() {
    for (const Hold& hold : holds) {
        if (hold.number() == number_) {
            return hold.connection();
        }
    }
    std::erase_if(holds, [](const Hold& hold) { return hold.is_over(); });
    Result<SqliteConnection*> connection = take();
    if (connection) {
        holds.emplace_back(weak_from_this(), number_, *connection);
    }
    return connection;
}

Result<SqliteConnection*> ReaderSet::take() {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
        SqliteConnection* connection = free_.back();
        free_.pop_back();
        return connection;
    }
    Result<std::unique_ptr<SqliteConnection>> opened = SqliteConnection::open(options_, Access::read);
    if (!opened) {
        return propagate(opened);
    }
    all_.push_back(std::move(*opened));
    return all_.back().get();
}

void ReaderSet::give_back(SqliteConnection* connection) {
    const std::lock_guard lock(mutex_);
    free_.push_back(connection);
}

}  // namespace cardea::sql::detail
