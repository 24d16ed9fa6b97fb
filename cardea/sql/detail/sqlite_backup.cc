// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_backup.h"

#include "cardea/sql/private_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <memory>
#include <stdio.h>  // renameat2
#include <string>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace cardea::sql::detail {

namespace {

constexpr int pages_per_step = 256;

struct BackupCloser {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

Result<> copy_pages(SqliteConnection& source, sqlite3* target, const std::filesystem::path& file) {
    std::unique_ptr<sqlite3_backup, BackupCloser> backup(
        sqlite3_backup_init(target, "main", source.handle(), "main")
    );
    int code = backup ? SQLITE_OK : sqlite3_extended_errcode(target);
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup.get(), pages_per_step);
    }
    if (code != SQLITE_DONE) {
        return fail(Errc::io, fmt::format("{}: {}", file.string(), sqlite3_errstr(code)));
    }
    return {};
}

/// Makes the empty file that the copy goes into, under a name nobody else uses.
Result<std::filesystem::path> make_temporary(const std::filesystem::path& target) {
    std::string name = target.string() + ".XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);  // mode 0600
    if (descriptor < 0) {
        return io_failure(target);
    }
    ::close(descriptor);
    return std::filesystem::path(name);
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

Result<> copy_to(SqliteConnection& source, const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    const std::unique_ptr<sqlite3, ConnectionCloser> target(handle);
    if (opened != SQLITE_OK) {
        return fail(Errc::io, fmt::format("{}: {}", file.string(), sqlite3_errstr(opened)));
    }
    Result<> copied = copy_pages(source, target.get(), file);
    if (!copied) {
        return copied;
    }
    const int left = sqlite3_exec(target.get(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    if (left != SQLITE_OK) {
        return fail(Errc::io, fmt::format("{}: {}", file.string(), sqlite3_errstr(left)));
    }
    return {};
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
    Result<std::filesystem::path> temporary = make_temporary(target);
    if (!temporary) {
        return propagate(temporary);
    }
    Result<> copied = copy_to(**source, *temporary);
    if (copied) {
        copied = publish(*temporary, target);
    }
    if (!copied) {
        ::unlink(temporary->c_str());
        ::unlink((temporary->string() + "-journal").c_str());
    }
    return copied;
}

}  // namespace cardea::sql::detail
