// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/stores/sqlite_stores.h"
#include "tests/conformance/backend.h"
#include "tests/support/temporary_folder.h"

namespace cardea::testing {

namespace {

class Sqlite final : public StoresUnderTest {
 public:
    Sqlite() {
        Result<stores::SqliteStores> opened = stores::open_sqlite(folder_.path() / "cardea.db");
        CARDEA_ASSERT(opened.has_value());
        stores_ = std::move(*opened);
    }

    session::SessionStore& sessions() override { return *stores_.sessions; }
    account::AccountStore& accounts() override { return *stores_.accounts; }
    account::FederatedIdentityStore& identities() override { return *stores_.identities; }
    apikey::ApiKeyStore& api_keys() override { return *stores_.api_keys; }
    flow::OneTimeStore& one_time() override { return *stores_.one_time; }
    audit::AuditStore& audit() override { return *stores_.audit; }

 private:
    TemporaryFolder folder_;
    stores::SqliteStores stores_;
};

Backend sqlite() {
    return {"sqlite", [] { return std::make_unique<Sqlite>(); }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Sqlite, SessionStoreTest, ::testing::Values(sqlite()), backend_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, AccountStoreTest, ::testing::Values(sqlite()), backend_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, ApiKeyStoreTest, ::testing::Values(sqlite()), backend_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, FederatedIdentityStoreTest, ::testing::Values(sqlite()), backend_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, OneTimeStoreTest, ::testing::Values(sqlite()), backend_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, AuditStoreTest, ::testing::Values(sqlite()), backend_name);

}  // namespace cardea::testing
