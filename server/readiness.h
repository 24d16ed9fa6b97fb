// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/sql/sqlite_database.h"

#include <cstdint>
#include <string_view>

namespace cardea::server {

/// Whether requests can be answered.
enum class ReadyState : std::uint8_t {
    ready,
    damaged,     ///< the database said so since the start, or a check of it did
    missing,     ///< the file of the database is not where it was
    unwritable,  ///< it takes no writes: a full disk, as a rule
    stalled,     ///< it has not answered for seconds
};

/// "ready", "damaged": as /readyz answers and logs have it.
[[nodiscard]] std::string_view name(ReadyState state) noexcept;

/// Finds out whether requests can be answered, by a write of its own that waits for the disk: once a second
/// at most, and whoever asks in between gets the same answer. What changes is logged. All who ask do so on
/// one event loop.
class Readiness {
 public:
    /// Both outlive it.
    Readiness(sql::SqliteDatabase& database, const Clock& clock) noexcept
        : database_(database), clock_(clock) {}

    [[nodiscard]] Task<ReadyState> ask();

 private:
    [[nodiscard]] bool is_fresh(Duration within) const noexcept;
    ReadyState conclude(const Result<>& proven);

    sql::SqliteDatabase& database_;
    const Clock& clock_;
    ReadyState last_ = ReadyState::ready;  // the start has written
    Time asked_at_{};
    bool is_asking_ = false;
};

}  // namespace cardea::server
