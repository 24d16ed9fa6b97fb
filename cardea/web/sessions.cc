// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/sessions.h"

#include "cardea/sql/file_lock.h"
#include "cardea/stores/memory_one_time_store.h"
#include "cardea/stores/memory_session_store.h"
#include "cardea/stores/sqlite_stores.h"
#include "cardea/web/detail/cookie_sessions.h"
#include "cardea/web/detail/store_sessions.h"

#include <utility>

namespace cardea::web {
namespace {

struct MemoryStores {
    stores::MemoryOneTimeStore one_time;
    stores::MemorySessionStore sessions{one_time};
};

struct LockedStores {
    LockedStores(sql::FileLock held, stores::SqliteStores opened)
        : lock(std::move(held)), stores(std::move(opened)) {}

    sql::FileLock lock;
    stores::SqliteStores stores;
};

}  // namespace

SessionStoreFactory memory_store() {
    return []() -> Result<std::shared_ptr<session::SessionStore>> {
        const auto all = std::make_shared<MemoryStores>();
        return std::shared_ptr<session::SessionStore>(all, &all->sessions);
    };
}

SessionStoreFactory sqlite_store(std::filesystem::path file) {
    return [file = std::move(file)]() -> Result<std::shared_ptr<session::SessionStore>> {
        // A file of its own: closing any descriptor of the database drops the locks that SQLite has on it.
        Result<sql::FileLock> lock = sql::FileLock::acquire(file.string() + "-lock", {file, "file"});
        if (!lock) {
            return propagate(lock);
        }
        Result<stores::SqliteStores> opened = stores::open_sqlite(file);
        if (!opened) {
            return propagate(opened);
        }
        // The store lives as long as the database it works on, and nobody else has the file until then.
        const auto all = std::make_shared<LockedStores>(std::move(*lock), std::move(*opened));
        return std::shared_ptr<session::SessionStore>(all, all->stores.sessions.get());
    };
}

std::unique_ptr<Middleware> sessions(SessionOptions options) {
    if (options.store) {
        return std::make_unique<StoreSessions>(std::move(options));
    }
    return std::make_unique<CookieSessions>(std::move(options));
}

}  // namespace cardea::web
