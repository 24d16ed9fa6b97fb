// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_backup.h"

#include "cardea/sql/private_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <memory>
#include <stdio.h>  // renameat2
#include <string>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cardea::sql::detail {

namespace {

constexpr int pages_per_step = 256;

struct BackupCloser {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

/// Where the copy cannot be read, nor can what it was made from.
std::unexpected<Error> copy_failure(const std::filesystem::path& file, int code) {
    if (errc_of(code) == Errc::store_corrupt) {
        return fail(Errc::store_corrupt, fmt::format("no backup was made: {}", sqlite3_errstr(code)));
    }
    return fail(Errc::io, fmt::format("{}: {}", file.string(), sqlite3_errstr(code)));
}

Result<> copy_pages(SqliteConnection& source, sqlite3* target, const std::filesystem::path& file) {
    std::unique_ptr<sqlite3_backup, BackupCloser> backup(
        sqlite3_backup_init(target, "main", source.handle(), "main")
    );
    int code = backup ? SQLITE_OK : sqlite3_extended_errcode(target);
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup.get(), pages_per_step);
    }
    return code == SQLITE_DONE ? Result<>() : copy_failure(file, code);
}

/// Reads the copy over the connection that wrote it.
Result<> check_pages(sqlite3* target, const std::filesystem::path& file) {
    std::string found;
    const auto keep = [](void* kept, int columns, char** values, char**) {
        *static_cast<std::string*>(kept) = columns > 0 && values[0] != nullptr ? values[0] : "";
        return SQLITE_OK;
    };
    const int code = sqlite3_exec(target, "PRAGMA quick_check(1)", keep, &found, nullptr);
    if (code != SQLITE_OK) {
        return copy_failure(file, code);
    }
    return found == "ok" ? Result<>() : fail(Errc::store_corrupt, "no backup was made: " + found);
}

/// Whether this process has the file of a descriptor open a second time. Unlike a look at its name, nobody
/// can time this.
bool is_open_twice(int descriptor) {
    struct stat ours{};
    if (::fstat(descriptor, &ours) != 0) {
        return false;
    }
    int count = 0;
    std::error_code ignored;  // what cannot be listed is not open twice
    std::filesystem::directory_iterator entry("/proc/self/fd", ignored);
    for (; entry != std::filesystem::directory_iterator(); entry.increment(ignored)) {
        struct stat other{};
        const bool is_seen = ::stat(entry->path().c_str(), &other) == 0;
        count += is_seen && other.st_dev == ours.st_dev && other.st_ino == ours.st_ino ? 1 : 0;
    }
    return count > 1;
}

Result<> publish(const std::filesystem::path& temporary, const std::filesystem::path& target) {
    Result<> synced = sync(temporary, O_RDONLY);
    if (!synced) {
        return synced;
    }
    if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) != 0) {
        return io_failure(target);
    }
    return sync(folder_of(target), O_RDONLY | O_DIRECTORY);
}

}  // namespace

Result<> copy_to(SqliteConnection& source, const std::filesystem::path& file, int made, CopyCheck check) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, ConnectionCloser> target(handle);
    if (opened != SQLITE_OK) {
        return fail(Errc::io, fmt::format("{}: {}", file.string(), sqlite3_errstr(opened)));
    }
    if (!is_open_twice(made)) {
        return fail(Errc::io, fmt::format("{}: somebody put another file in its place", file.string()));
    }
    Result<> copied = copy_pages(source, target.get(), file);
    if (!copied) {
        return copied;
    }
    const int left = sqlite3_exec(target.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    if (left != SQLITE_OK) {
        return copy_failure(file, left);
    }
    return check == CopyCheck::quick ? check_pages(target.get(), file) : Result<>();
}

Result<> back_up(const SqliteOptions& options, const std::filesystem::path& target) {
    std::error_code ignored;  // what cannot be looked at cannot be written either
    if (std::filesystem::exists(target, ignored)) {
        return fail(Errc::io, fmt::format("{} exists already", target.string()));
    }
    Result<std::unique_ptr<SqliteConnection>> source = SqliteConnection::open(options, Access::read);
    if (!source) {
        return propagate(source);
    }
    // One read transaction around all steps: without it, every write of others would start the copy again.
    Result<> snapshot = (*source)->run_script("BEGIN; SELECT count(*) FROM sqlite_schema");
    if (!snapshot) {
        return snapshot;
    }
    std::string temporary = target.string() + ".XXXXXX";         // a name nobody else uses
    const Closer made(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
    if (made.descriptor < 0) {
        return io_failure(target);
    }
    Result<> copied = copy_to(**source, temporary, made.descriptor, CopyCheck::quick);
    if (copied) {
        copied = publish(temporary, target);
    }
    if (!copied) {
        ::unlink(temporary.c_str());
        ::unlink((temporary + "-journal").c_str());
    }
    return copied;
}

}  // namespace cardea::sql::detail
