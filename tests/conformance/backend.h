// SPDX-License-Identifier: Apache-2.0
/// conformance: what every store must do, whatever it is made of. A backend's test supplies a Backend and
/// says
///     INSTANTIATE_TEST_SUITE_P(MyDatabase, SessionStoreTest, ::testing::Values(my_database()),
///     backend_name);
/// for each suite in a file of its own beside this one.
#pragma once

#include "cardea/account/store.h"
#include "cardea/apikey/store.h"
#include "cardea/audit/store.h"
#include "cardea/base/random.h"
#include "cardea/flow/one_time_store.h"
#include "cardea/session/store.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace cardea::testing {

/// The stores of one empty database, which lives as long as this.
class StoresUnderTest {
 public:
    virtual ~StoresUnderTest() = default;
    virtual session::SessionStore& sessions() = 0;
    virtual account::AccountStore& accounts() = 0;
    virtual account::FederatedIdentityStore& identities() = 0;
    virtual apikey::ApiKeyStore& api_keys() = 0;
    virtual flow::OneTimeStore& one_time() = 0;
    virtual audit::AuditStore& audit() = 0;
};

struct Backend {
    std::string name;
    std::function<std::unique_ptr<StoresUnderTest>()> open;
};

inline std::string backend_name(const ::testing::TestParamInfo<Backend>& info) {
    return info.param.name;
}

class StoreTest : public ::testing::TestWithParam<Backend> {
 protected:
    StoreTest() : stores_(GetParam().open()) {}

    /// Calls `attempt` from several threads at once and counts how often it said true.
    static int count_successes(const std::function<bool(int)>& attempt) {
        constexpr int threads = 8;
        std::vector<int> succeeded(threads);
        {
            std::vector<std::jthread> running;
            for (int number = 0; number < threads; ++number) {
                running.emplace_back([&, number] {
                    succeeded[static_cast<std::size_t>(number)] = attempt(number) ? 1 : 0;
                });
            }
        }
        return static_cast<int>(std::ranges::count(succeeded, 1));
    }

    static Time at(std::int64_t milliseconds) { return Time(Duration(1'700'000'000'000 + milliseconds)); }

    /// Makes the row that sessions point to.
    AccountId add_account() {
        account::AccountRecord record;
        record.id = AccountId::make(random_);
        record.username = record.username_key = record.id.to_string();
        record.created_at = record.password_changed_at = at(0);
        const Result<> inserted = run(stores_->accounts().insert(record, {}));
        EXPECT_TRUE(inserted) << inserted.error().context;
        return record.id;
    }

    session::TokenHash make_hash() { return random_.bytes<32>(); }

    session::SessionRecord make_session(AccountId account) {
        session::SessionRecord record;
        record.id = SessionId::make(random_);
        record.token_hash = make_hash();
        record.account = account;
        record.created_at = record.last_seen_at = at(0);
        record.idle = std::chrono::hours(1);
        record.expires_at = at(0) + std::chrono::hours(24);
        record.amr = "pwd";
        record.data = "{}";
        return record;
    }

    apikey::ApiKeyRecord make_api_key(AccountId account) {
        apikey::ApiKeyRecord record;
        record.id = ApiKeyId::make(random_);
        record.key_hash = make_hash();
        record.account = account;
        record.name = "deploy";
        record.hint = "cardea_…x7Qp";
        record.created_at = at(0);
        return record;
    }

    account::FederatedIdentity make_identity(AccountId account) {
        account::FederatedIdentity identity;
        identity.id = FederatedIdentityId::make(random_);
        identity.account = account;
        identity.issuer = "https://accounts.example.org";
        identity.subject = identity.id.to_string();
        identity.linked_at = identity.last_used_at = at(0);
        return identity;
    }

    FakeRandom random_;
    std::unique_ptr<StoresUnderTest> stores_;
};

class SessionStoreTest : public StoreTest {};
class AccountStoreTest : public StoreTest {};
class ApiKeyStoreTest : public StoreTest {};
class FederatedIdentityStoreTest : public StoreTest {};
class OneTimeStoreTest : public StoreTest {};
class AuditStoreTest : public StoreTest {};

}  // namespace cardea::testing
