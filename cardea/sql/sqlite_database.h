// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc_counts.h"
#include "cardea/sql/database.h"
#include "cardea/sql/migrations.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cardea::sql {

/// Whether a commit waits for the disk. `off` loses acknowledged writes at a power cut: it exists so that the
/// crash tests can show that they would notice.
enum class Synchronous : std::uint8_t { full, off };

/// Which file, with which tables, and how much may wait for it.
struct SqliteOptions {
    std::filesystem::path file;
    Schema schema;
    std::size_t write_queue = 4096;                ///< batches waiting; more are refused with Errc::busy
    std::size_t scan_threads = 2;                  ///< for scan(), check() and back_up()
    std::size_t scan_queue = 256;                  ///< scans waiting; more are refused with Errc::busy
    std::chrono::milliseconds busy_timeout{2000};  ///< how long to wait for another process's lock
    std::chrono::milliseconds longest_wait{50};    ///< how long what is not urgent waits for company
    Synchronous synchronous = Synchronous::full;
    std::string vfs;  ///< of SQLite; empty is the system's own
};

/// How much of the file a check reads.
enum class CheckDepth : std::uint8_t {
    quick,  ///< the pages and their order; after an unclean stop, in the background
    full,   ///< indexes against tables and foreign keys too
};

/// SQLite in WAL mode. Look-ups run on the calling thread, on a connection of that thread. Writes go through
/// one writer thread, which commits what is waiting as one transaction and answers after the disk has it.
///
/// Nobody starts a call while it is destroyed. Whoever waits on an event loop that is destroyed first is
/// never resumed, and never destroyed either; the write itself is done.
class SqliteDatabase final : public Database {
 public:
    /// Opens or makes the file (mode 0600) and applies the migrations it lacks. Blocks. Errc::config when the
    /// file belongs to another program or to a newer schema (the context is a sentence for the operator),
    /// Errc::store_corrupt when it is no database, Errc::store_unavailable when it cannot be opened.
    [[nodiscard]] static Result<std::unique_ptr<SqliteDatabase>> open(SqliteOptions options);

    /// Finishes the writes that wait, marks the file as cleanly closed and closes it. Blocks.
    ~SqliteDatabase() override;
    SqliteDatabase(const SqliteDatabase&) = delete;
    SqliteDatabase& operator=(const SqliteDatabase&) = delete;

    Task<Result<Rows>> read(std::string_view statement, Params params) override;
    Task<Result<Rows>> scan(std::string_view statement, Params params) override;
    Task<Result<std::vector<Outcome>>> write(Batch batch) override;

    /// Whether the last user of the file closed it; if not, a quick check is due. True for a new file.
    [[nodiscard]] bool was_closed_cleanly() const noexcept;

    [[nodiscard]] std::int64_t schema_version() const noexcept;

    /// How many migrations open() applied.
    [[nodiscard]] std::size_t migrations_applied() const noexcept;

    /// What is wrong with the file, a sentence each; empty when it is whole.
    [[nodiscard]] Task<Result<std::vector<std::string>>> check(CheckDepth depth);

    /// Writes a few bytes and returns when they are on disk: whether writes can be answered now.
    /// Errc::not_found when the file does not stand under its name any more, so that what is written will
    /// never be read.
    [[nodiscard]] Task<Result<>> prove_writable();

    /// How often calls failed since it was opened, by code. Errc::store_corrupt is among them when a check
    /// found something, too.
    [[nodiscard]] const ErrcCounts& errors() const noexcept;

    /// Writes a consistent copy (mode 0600) while others read and write. The copy appears under its name only
    /// when it is complete and on disk, and a quick check of it found nothing. Errc::io when `target` exists
    /// or cannot be written, Errc::store_corrupt when the database is damaged.
    [[nodiscard]] Task<Result<>> back_up(std::filesystem::path target);

 private:
    struct Parts;
    explicit SqliteDatabase(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace cardea::sql
