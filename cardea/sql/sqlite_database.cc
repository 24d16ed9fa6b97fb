// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/sqlite_database.h"

#include "cardea/base/callback.h"
#include "cardea/base/worker_pool.h"
#include "cardea/sql/detail/group_writer.h"
#include "cardea/sql/detail/reader_set.h"
#include "cardea/sql/detail/sqlite_backup.h"
#include "cardea/sql/detail/sqlite_check.h"
#include "cardea/sql/detail/sqlite_schema.h"

#include <optional>
#include <sys/stat.h>
#include <tuple>
#include <utility>

namespace cardea::sql {

using detail::Access;
using detail::GroupWriter;
using detail::ReaderSet;
using detail::SqliteConnection;

namespace {

Result<Rows> read_on(SqliteConnection& connection, std::string_view statement, const Params& params) {
    Result<Outcome> outcome = connection.run(statement, params);
    if (!outcome) {
        return propagate(outcome);
    }
    return std::move(outcome->rows);
}

/// On the calling thread's connection.
Result<Rows> read_here(ReaderSet& readers, std::string_view statement, const Params& params) {
    Result<SqliteConnection*> connection = readers.of_this_thread();
    if (!connection) {
        return propagate(connection);
    }
    return read_on(**connection, statement, params);
}

/// Which file a name leads to.
struct FileIdentity {
    dev_t device = 0;
    ino_t number = 0;
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

std::optional<FileIdentity> identify(const std::filesystem::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return FileIdentity{status.st_dev, status.st_ino};
}

/// Counts what a call that ran elsewhere failed with.
template <class Answer>
Task<Answer> counted(Task<Answer> call, ErrcCounts& errors) {
    Answer answer = co_await std::move(call);
    if (!answer) {
        errors.add(answer.error().code);
    }
    co_return answer;
}

/// Runs a job on the calling thread's connection. What a long read leaves in the memory, nobody asks for
/// again.
template <class Job>
std::invoke_result_t<Job, SqliteConnection&> read_long(ReaderSet& readers, const Job& job) {
    Result<SqliteConnection*> connection = readers.of_this_thread();
    if (!connection) {
        return propagate(connection);
    }
    auto outcome = job(**connection);
    (*connection)->forget_pages();
    return outcome;
}

}  // namespace

struct SqliteDatabase::Parts {
    explicit Parts(SqliteOptions chosen)
        : options(std::move(chosen)),
          scans({.name = "sql-scan", .threads = options.scan_threads, .queue_limit = options.scan_queue}) {}
    ~Parts();
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    const SqliteOptions options;
    ErrcCounts errors;
    detail::Prepared found;
    std::optional<FileIdentity> opened;
    std::unique_ptr<SqliteConnection> writing;  // closed last: that moves the log into the file
    std::shared_ptr<ReaderSet> readers;
    std::unique_ptr<GroupWriter> writer;
    WorkerPool scans;
};

SqliteDatabase::Parts::~Parts() {
    if (writer) {
        writer.reset();
        std::ignore = detail::mark_closed(*writing);  // if not, the next start checks the file
    }
}

SqliteDatabase::SqliteDatabase(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

SqliteDatabase::~SqliteDatabase() = default;

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(SqliteOptions options) {
    auto parts = std::make_unique<Parts>(std::move(options));
    Result<std::unique_ptr<SqliteConnection>> connection =
        SqliteConnection::open(parts->options, Access::write);
    if (!connection) {
        return propagate(connection);
    }
    parts->writing = std::move(*connection);
    Result<detail::Prepared> found = detail::prepare_file(*parts->writing, parts->options);
    if (!found) {
        return propagate(found);
    }
    parts->found = *found;
    parts->opened = identify(parts->options.file);
    parts->readers = std::make_shared<ReaderSet>(parts->options);
    const SqliteOptions& given = parts->options;
    parts->writer =
        std::make_unique<GroupWriter>(*parts->writing, given.write_queue, given.longest_wait, parts->errors);
    return std::unique_ptr<SqliteDatabase>(new SqliteDatabase(std::move(parts)));
}

Task<Result<Rows>> SqliteDatabase::read(std::string_view statement, Params params) {
    Result<Rows> rows = read_here(*parts_->readers, statement, params);
    if (!rows) {
        parts_->errors.add(rows.error().code);
    }
    co_return rows;
}

Task<Result<Rows>> SqliteDatabase::scan(std::string_view statement, Params params) {
    auto work = [this, statement, params = std::move(params)] {
        return read_long(*parts_->readers, [&](SqliteConnection& connection) {
            return read_on(connection, statement, params);
        });
    };
    return counted(parts_->scans.run(std::move(work)), parts_->errors);
}

Task<Result<std::vector<Outcome>>> SqliteDatabase::write(Batch batch) {
    auto submit = [this, batch = std::move(batch)](GroupWriter::Done done) mutable {
        parts_->writer->submit(std::move(batch), std::move(done));
    };
    return wait_for_callback<GroupWriter::Answer>(std::move(submit));
}

bool SqliteDatabase::was_closed_cleanly() const noexcept {
    return parts_->found.was_closed_cleanly;
}

std::int64_t SqliteDatabase::schema_version() const noexcept {
    return parts_->found.version;
}

std::size_t SqliteDatabase::migrations_applied() const noexcept {
    return parts_->found.migrations_applied;
}

Task<Result<>> SqliteDatabase::prove_writable() {
    Batch batch;
    batch.add(detail::prove_writable, {});
    auto written = co_await write(std::move(batch));
    if (!written) {
        co_return propagate(written);
    }
    if (identify(parts_->options.file) != parts_->opened) {
        co_return fail(Errc::not_found, parts_->options.file.string() + " was removed or replaced");
    }
    co_return Result<>();
}

const ErrcCounts& SqliteDatabase::errors() const noexcept {
    return parts_->errors;
}

Task<Result<std::vector<std::string>>> SqliteDatabase::check(CheckDepth depth) {
    auto work = [this, depth] {
        auto problems = read_long(*parts_->readers, [depth](SqliteConnection& connection) {
            return detail::find_problems(connection, depth);
        });
        if (problems && !problems->empty()) {
            parts_->errors.add(Errc::store_corrupt);
        }
        return problems;
    };
    return counted(parts_->scans.run(std::move(work)), parts_->errors);
}

Task<Result<>> SqliteDatabase::back_up(std::filesystem::path target) {
    auto work = [this, target = std::move(target)] { return detail::back_up(parts_->options, target); };
    return counted(parts_->scans.run(std::move(work)), parts_->errors);
}

}  // namespace cardea::sql
