// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/sessions.h"

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

}  // namespace

SessionStoreMaker memory_store() {
    return []() -> Result<std::shared_ptr<session::SessionStore>> {
        const auto all = std::make_shared<MemoryStores>();
        return std::shared_ptr<session::SessionStore>(all, &all->sessions);
    };
}

SessionStoreMaker sqlite_store(std::filesystem::path file) {
    return [file = std::move(file)]() -> Result<std::shared_ptr<session::SessionStore>> {
        Result<stores::SqliteStores> opened = stores::open_sqlite(file);
        if (!opened) {
            return propagate(opened);
        }
        // The store lives as long as the database it works on.
        const auto all = std::make_shared<stores::SqliteStores>(std::move(*opened));
        return std::shared_ptr<session::SessionStore>(all, all->sessions.get());
    };
}

std::unique_ptr<Middleware> sessions(SessionSettings settings) {
    if (settings.store) {
        return std::make_unique<StoreSessions>(std::move(settings));
    }
    return std::make_unique<CookieSessions>(std::move(settings));
}

}  // namespace cardea::web
