// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/stores/memory_account_store.h"
#include "cardea/stores/memory_api_key_store.h"
#include "cardea/stores/memory_audit_store.h"
#include "cardea/stores/memory_federated_identity_store.h"
#include "cardea/stores/memory_one_time_store.h"
#include "cardea/stores/memory_session_store.h"

namespace cardea::testing {

/// The reference stores together, for tests of the modules that stand below them (link cardea::stores).
struct MemoryStores {
    stores::MemoryOneTimeStore one_time;
    stores::MemorySessionStore sessions{one_time};
    stores::MemoryApiKeyStore api_keys{sessions};
    stores::MemoryAccountStore accounts{sessions, api_keys, one_time};
    stores::MemoryFederatedIdentityStore identities{accounts};
    stores::MemoryAuditStore audit;
};

}  // namespace cardea::testing
