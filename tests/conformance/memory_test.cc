// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"
#include "tests/support/memory_stores.h"

namespace cardea::testing {

namespace {

class Memory final : public StoresUnderTest {
 public:
    session::SessionStore& sessions() override { return stores_.sessions; }
    account::AccountStore& accounts() override { return stores_.accounts; }
    account::FederatedIdentityStore& identities() override { return stores_.identities; }
    apikey::ApiKeyStore& api_keys() override { return stores_.api_keys; }
    flow::OneTimeStore& one_time() override { return stores_.one_time; }
    audit::AuditStore& audit() override { return stores_.audit; }

 private:
    MemoryStores stores_;
};

Backend memory() {
    return {"memory", [] { return std::make_unique<Memory>(); }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Memory, SessionStoreTest, ::testing::Values(memory()), backend_name);
INSTANTIATE_TEST_SUITE_P(Memory, AccountStoreTest, ::testing::Values(memory()), backend_name);
INSTANTIATE_TEST_SUITE_P(Memory, ApiKeyStoreTest, ::testing::Values(memory()), backend_name);
INSTANTIATE_TEST_SUITE_P(Memory, FederatedIdentityStoreTest, ::testing::Values(memory()), backend_name);
INSTANTIATE_TEST_SUITE_P(Memory, OneTimeStoreTest, ::testing::Values(memory()), backend_name);
INSTANTIATE_TEST_SUITE_P(Memory, AuditStoreTest, ::testing::Values(memory()), backend_name);

}  // namespace cardea::testing
