// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/restore.h"

#include "cardea/sql/detail/sqlite_backup.h"
#include "cardea/sql/detail/sqlite_check.h"
#include "cardea/sql/detail/sqlite_schema.h"
#include "cardea/sql/private_file.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace cardea::sql {

using detail::Access;
using detail::SqliteConnection;

namespace {

/// What a database that was not closed may need beside it.
constexpr std::array<std::string_view, 2> logs{"-wal", "-journal"};

std::filesystem::path with_suffix(const std::filesystem::path& file, std::string_view suffix) {
    return file.string().append(suffix);
}

/// SQLite takes these for a part of whatever file stands beside them.
void remove_companions(const std::filesystem::path& file) {
    for (const std::string_view suffix : {"-wal", "-shm", "-journal"}) {
        ::unlink(with_suffix(file, suffix).c_str());
    }
}

Result<std::vector<std::string>> find_all_problems(const SqliteOptions& options) {
    Result<std::unique_ptr<SqliteConnection>> connection = SqliteConnection::open(options, Access::read);
    if (!connection) {
        return propagate(connection);
    }
    return detail::find_problems(**connection, CheckDepth::full);
}

Result<> check_is_file(const std::filesystem::path& file) {
    std::error_code ignored;  // what cannot be looked at cannot be opened either
    if (std::filesystem::is_regular_file(file, ignored)) {
        return {};
    }
    return fail(Errc::io, fmt::format("{} is not there, or is no file", file.string()));
}

/// Whether a backup is ours, from a connection of its own.
Result<> check_origin_of(const SqliteOptions& options) {
    Result<std::unique_ptr<SqliteConnection>> connection = SqliteConnection::open(options, Access::read);
    if (!connection) {
        return propagate(connection);
    }
    return detail::check_origin(**connection, options);
}

/// Copies the backup into `copy` once it is known as ours; returns its schema version.
Result<std::int64_t> copy_backup(const SqliteOptions& from, const std::filesystem::path& copy, int made) {
    Result<std::unique_ptr<SqliteConnection>> source = SqliteConnection::open(from, Access::read);
    if (!source) {
        return propagate(source);
    }
    // One moment of it, should somebody write to it after all.
    Result<> ready = (*source)->run_script("BEGIN; SELECT count(*) FROM sqlite_schema");
    if (ready) {
        ready = detail::check_origin(**source, from);
    }
    if (ready) {
        ready = detail::copy_to(**source, copy, made, detail::CopyCheck::none);  // check_copy() reads it all
    }
    if (!ready) {
        return propagate(ready);
    }
    return (*source)->number("PRAGMA user_version");
}

Result<> check_copy(const SqliteOptions& options) {
    Result<std::vector<std::string>> problems = find_all_problems(options);
    if (!problems) {
        return propagate(problems);
    }
    return problems->empty() ? Result<>() : fail(Errc::store_corrupt, problems->front());
}

/// A database that was closed well has none.
Result<> link_logs(const std::filesystem::path& file, const std::filesystem::path& name) {
    for (const std::string_view suffix : logs) {
        const std::filesystem::path log = with_suffix(name, suffix);
        if (::link(with_suffix(file, suffix).c_str(), log.c_str()) != 0 && errno != ENOENT) {
            return io_failure(log);
        }
    }
    return {};
}

/// Gives the old database and its logs second names, the first that are free; empty when there is none.
Result<std::filesystem::path> keep(const std::filesystem::path& file) {
    constexpr int most_kept = 1000;
    for (int i = 1; i <= most_kept; ++i) {
        std::filesystem::path name = with_suffix(file, fmt::format(".replaced-{}", i));
        if (::link(file.c_str(), name.c_str()) == 0) {
            Result<> linked = link_logs(file, name);
            return linked ? Result<std::filesystem::path>(name) : propagate(linked);
        }
        if (errno == ENOENT) {
            return std::filesystem::path();
        }
        if (errno != EEXIST) {
            return io_failure(name);
        }
    }
    return fail(Errc::io, fmt::format("{}.replaced-* are a thousand: remove some", file.string()));
}

/// Moves what stands in the log of the old database into its file, so that the file alone is all of it, also
/// after a crash between the steps that follow. Where it is too damaged for that, its log stays with it.
void fold_log(const SqliteOptions& options, const std::filesystem::path& kept) {
    {
        const Result<std::unique_ptr<SqliteConnection>> old = SqliteConnection::open(options, Access::write);
        if (old) {
            std::ignore = (*old)->run("SELECT count(*) FROM sqlite_schema");  // opens its log
            std::ignore = (*old)->run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }
    std::error_code ignored;  // one that is not there is no empty one
    for (const std::string_view suffix : logs) {
        const std::filesystem::path log = with_suffix(kept, suffix);
        if (std::filesystem::file_size(log, ignored) == 0) {
            ::unlink(log.c_str());
        }
    }
}

Result<std::filesystem::path> put_in_place(const SqliteOptions& options, const std::filesystem::path& copy) {
    if (Result<> synced = sync(copy, O_RDONLY); !synced) {
        return propagate(synced);
    }
    Result<std::filesystem::path> kept = keep(options.file);
    if (!kept) {
        return kept;
    }
    if (!kept->empty()) {
        fold_log(options, *kept);
    }
    remove_companions(options.file);
    if (::rename(copy.c_str(), options.file.c_str()) != 0) {
        return io_failure(options.file);
    }
    if (Result<> synced = sync(folder_of(options.file), O_RDONLY | O_DIRECTORY); !synced) {
        return propagate(synced);
    }
    return kept;
}

Result<Restored> restore_by(
    const SqliteOptions& options, const SqliteOptions& from, const SqliteOptions& copy
) {
    // Owned as the old database: root may restore what another user's server opens.
    const Closer made(make_private_file(copy.file, options.file));
    if (made.descriptor < 0) {
        return io_failure(copy.file);
    }
    Result<std::int64_t> version = copy_backup(from, copy.file, made.descriptor);
    if (!version) {
        return propagate(version);
    }
    if (Result<> whole = check_copy(copy); !whole) {
        return propagate(whole);
    }
    Result<std::filesystem::path> kept = put_in_place(options, copy.file);
    if (!kept) {
        return propagate(kept);
    }
    return Restored{*version, std::move(*kept)};
}

}  // namespace

Result<Restored> restore(const SqliteOptions& options, const std::filesystem::path& source) {
    if (Result<> there = check_is_file(source); !there) {
        return propagate(there);
    }
    std::error_code ignored;
    if (std::filesystem::equivalent(source, options.file, ignored)) {
        return fail(Errc::io, fmt::format("{} is the database itself", source.string()));
    }
    SqliteOptions from = options;
    from.file = source;
    SqliteOptions copy = options;
    copy.file = with_suffix(options.file, ".restoring");
    ::unlink(copy.file.c_str());  // of a restore that was cut short
    remove_companions(copy.file);
    Result<Restored> restored = restore_by(options, from, copy);
    if (!restored) {
        ::unlink(copy.file.c_str());
        remove_companions(copy.file);
        const std::string& why = restored.error().context;
        return fail(Errc::io, fmt::format("{} was not restored: {}", source.string(), why));
    }
    return restored;
}

Result<std::vector<std::string>> check_backup(const SqliteOptions& options) {
    if (Result<> there = check_is_file(options.file); !there) {
        return propagate(there);
    }
    const Result<> ours = check_origin_of(options);
    if (!ours && ours.error().code == Errc::config) {
        return fail(Errc::invalid, ours.error().context);
    }
    return ours ? find_all_problems(options) : std::unexpected(ours.error());
}

}  // namespace cardea::sql
