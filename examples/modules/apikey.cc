// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/service.h"
#include "cardea/stores/memory_api_key_store.h"

#include <boost/asio/co_spawn.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <utility>

using namespace cardea;

// [owners]
/// What a request handler wants to know of the account behind a key.
struct Customer final : apikey::Owner {
    std::string plan;
};

class Customers final : public apikey::Owners {
 public:
    Task<Result<std::shared_ptr<const apikey::Owner>>> load(const apikey::ApiKeyRecord&) override {
        auto customer = std::make_shared<Customer>();  // from your database, once per key and process
        customer->plan = "team";
        co_return std::shared_ptr<const apikey::Owner>(std::move(customer));
    }
    Task<> note_refusal(const apikey::ApiKeyRecord& key, Errc reason) override {
        std::cerr << "refused: " << key.name << ", " << name(reason) << '\n';  // your audit log
        co_return;
    }
};
// [/owners]

template <class T>
Task<> keep(Task<T> task, std::optional<T>& result) {
    T value = co_await std::move(task);
    result.emplace(std::move(value));
}

/// Waits for a task: for programs without an event loop.
template <class T>
T wait_for(Task<T> task) {
    boost::asio::io_context loop(1);
    std::optional<T> result;
    boost::asio::co_spawn(loop, keep(std::move(task), result), [](const std::exception_ptr&) {});
    loop.run();
    return std::move(result.value());
}

int main() {
    stores::MemoryApiKeyStore store;
    Customers customers;
    SystemClock clock;
    SystemRandom random;
    // [use]
    apikey::ApiKeyService keys(
        {store, customers, clock, random}, {.prefix = apikey::ApiKeyPrefix(), .cache{}}
    );

    apikey::NewApiKey wish;
    wish.account = AccountId::make(random);
    wish.name = "nightly report";
    wish.scopes = {"reports:read"};
    Result<apikey::IssuedApiKey> issued = wait_for(keys.issue(std::move(wish)));
    if (!issued) {
        return 1;
    }
    const SecretText text = issued->key.text();  // show it once: only its hash is stored

    // For each request: parse what came in X-API-Key, then ask whose it is.
    const Result<apikey::ApiKey> sent = apikey::ApiKey::parse(text.expose());
    if (!sent) {
        return 1;  // mistyped: its checksum is wrong, and nothing was looked up
    }
    const Result<apikey::KeyPointer> key = wait_for(keys.authenticate(sent->hash()));
    const bool may_read = key && (*key)->has_scope("reports:read");
    // [/use]

    std::cout << issued->record.hint << (may_read ? " may read reports\n" : " may not\n");
    std::ignore = wait_for(keys.revoke(issued->record.account, issued->record.id, std::nullopt));
    const Result<apikey::KeyPointer> revoked = wait_for(keys.authenticate(sent->hash()));
    return may_read && !revoked && revoked.error().code == Errc::api_key_unknown ? 0 : 1;
}
