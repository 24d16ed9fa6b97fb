// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/service.h"

#include "tests/support/memory_stores.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

namespace cardea::testing {

using namespace apikey;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// Loads an Owner that says which load made it, and does on the way what a test asks for.
class CountingOwners final : public Owners {
 public:
    struct Counted final : Owner {
        explicit Counted(int load) : number(load) {}
        int number;
    };

    Task<Result<std::shared_ptr<const Owner>>> load(const ApiKeyRecord& record) override {
        const int number = ++loads;
        if (during_load) {
            co_await during_load(record);
        }
        if (refusal) {
            co_return fail(*refusal, "on purpose");
        }
        co_return std::shared_ptr<const Owner>(std::make_shared<const Counted>(number));
    }

    Task<> note_refusal(const ApiKeyRecord&, Errc reason) override {
        refusals.push_back(reason);
        co_return;
    }

    std::atomic<int> loads = 0;
    std::optional<Errc> refusal;
    std::vector<Errc> refusals;
    std::function<Task<>(const ApiKeyRecord&)> during_load;
};

class ApiKeyServiceTest : public ::testing::Test {
 protected:
    Result<IssuedApiKey> try_issue(NewApiKey wish) { return run(service_.issue(std::move(wish))); }
    NewApiKey wish(std::string name = "deploy") {
        NewApiKey wish;
        wish.account = account_;
        wish.name = std::move(name);
        return wish;
    }
    IssuedApiKey issue() { return std::move(try_issue(wish())).value(); }
    IssuedApiKey issue_for(std::optional<Duration> lifetime) {
        NewApiKey asked = wish();
        asked.lifetime = lifetime;
        return std::move(try_issue(std::move(asked))).value();
    }

    /// Errc of the refusal; nullopt when the key is accepted.
    std::optional<Errc> refusal_of(const ApiKeyHash& hash) {
        const Result<KeyPointer> key = run(service_.authenticate(hash));
        return key ? std::nullopt : std::optional(key.error().code);
    }
    std::optional<Errc> refusal_of(const IssuedApiKey& issued) { return refusal_of(issued.key.hash()); }

    Task<> revoke(const ApiKeyRecord& record) {
        std::ignore = co_await service_.revoke(record.account, record.id, std::nullopt);
    }

    FakeClock clock_;
    FakeRandom random_;
    AccountId account_ = AccountId::make(random_);
    stores::MemoryApiKeyStore store_;
    CountingOwners owners_;
    ApiKeyService service_{{store_, owners_, clock_, random_}};
};

}  // namespace

TEST_F(ApiKeyServiceTest, issues_a_key_that_authenticates_with_what_was_asked_for) {
    NewApiKey asked = wish("nightly report");
    asked.scopes = {"reports:read", "orders"};
    const Result<IssuedApiKey> issued = try_issue(std::move(asked));
    ASSERT_TRUE(issued);

    const Result<KeyPointer> key = run(service_.authenticate(issued->key.hash()));

    ASSERT_TRUE(key);
    const ApiKeyRecord& record = (*key)->record();
    EXPECT_EQ(record.account, account_);
    EXPECT_EQ(record.name, "nightly report");
    EXPECT_EQ(record.scopes, "reports:read orders");
    EXPECT_EQ(record.expires_at, clock_.now() + default_lifetime);
    EXPECT_EQ(record.hint, issued->key.hint());
    EXPECT_TRUE((*key)->has_scope("orders"));
    EXPECT_FALSE((*key)->has_scope("reports"));
}

TEST_F(ApiKeyServiceTest, refuses_wishes_beyond_the_limits) {
    NewApiKey nameless = wish("");
    NewApiKey scoped = wish();
    scoped.scopes = {"two words"};
    NewApiKey dead = wish();
    dead.lifetime = Duration(0);

    EXPECT_EQ(try_issue(std::move(nameless)).error().code, Errc::invalid);
    EXPECT_EQ(try_issue(std::move(scoped)).error().code, Errc::invalid);
    EXPECT_EQ(try_issue(std::move(dead)).error().code, Errc::invalid);
}

TEST_F(ApiKeyServiceTest, issues_no_more_keys_than_an_account_may_have) {
    for (std::size_t i = 0; i < max_keys_per_account; ++i) {
        ASSERT_TRUE(try_issue(wish()));
    }

    EXPECT_EQ(try_issue(wish()).error().code, Errc::too_large);
}

TEST_F(ApiKeyServiceTest, stores_only_the_hash) {
    const IssuedApiKey issued = issue();

    EXPECT_EQ(issued.record.key_hash, issued.key.hash());
    const SecretText text = issued.key.text();
    for (const std::string& field : {issued.record.name, issued.record.hint, issued.record.scopes}) {
        EXPECT_FALSE(field.contains(text.expose().substr(7, 8)));
    }
}

TEST_F(ApiKeyServiceTest, answers_from_the_cache_after_the_first_time) {
    const IssuedApiKey issued = issue();
    EXPECT_EQ(service_.find_cached(issued.key.hash()), nullptr);

    ASSERT_EQ(refusal_of(issued), std::nullopt);

    EXPECT_NE(service_.find_cached(issued.key.hash()), nullptr);
    EXPECT_EQ(refusal_of(issued), std::nullopt);
    EXPECT_EQ(owners_.loads, 1);
}

TEST_F(ApiKeyServiceTest, refuses_an_unknown_key_and_notes_nothing) {
    EXPECT_EQ(refusal_of(random_.bytes<32>()), Errc::api_key_unknown);
    EXPECT_TRUE(owners_.refusals.empty());
}

TEST_F(ApiKeyServiceTest, refuses_a_key_at_its_end_from_the_cache_too_and_notes_it) {
    const IssuedApiKey issued = issue_for(hours(1));
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    clock_.advance(hours(1));

    EXPECT_EQ(service_.find_cached(issued.key.hash()), nullptr);
    EXPECT_EQ(refusal_of(issued), Errc::api_key_expired);
    EXPECT_EQ(owners_.refusals, std::vector{Errc::api_key_expired});
}

TEST_F(ApiKeyServiceTest, never_ends_a_key_that_has_no_end) {
    const IssuedApiKey issued = issue_for(std::nullopt);

    clock_.advance(days(36'600));

    EXPECT_EQ(refusal_of(issued), std::nullopt);
}

TEST_F(ApiKeyServiceTest, refuses_a_revoked_key_at_once) {
    const IssuedApiKey issued = issue();
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    ASSERT_TRUE(run(service_.revoke(account_, issued.record.id, std::nullopt)).value());

    EXPECT_EQ(service_.find_cached(issued.key.hash()), nullptr);
    EXPECT_EQ(refusal_of(issued), Errc::api_key_unknown);
    EXPECT_FALSE(run(service_.revoke(account_, issued.record.id, std::nullopt)).value());
}

TEST_F(ApiKeyServiceTest, a_key_that_is_revoked_while_it_is_read_is_not_accepted) {
    const IssuedApiKey issued = issue();
    owners_.during_load = [this](const ApiKeyRecord& record) {
        owners_.during_load = nullptr;
        return revoke(record);
    };

    EXPECT_EQ(refusal_of(issued), Errc::api_key_unknown);
}

TEST_F(ApiKeyServiceTest, revokes_every_key_of_one_account) {
    const IssuedApiKey first = issue();
    const IssuedApiKey second = issue();
    NewApiKey foreign = wish();
    foreign.account = AccountId::make(random_);
    const IssuedApiKey other = std::move(try_issue(std::move(foreign))).value();
    for (const IssuedApiKey* issued : {&first, &second, &other}) {
        ASSERT_EQ(refusal_of(*issued), std::nullopt);
    }

    EXPECT_EQ(run(service_.revoke_all_for(account_)).value(), 2U);

    EXPECT_EQ(refusal_of(first), Errc::api_key_unknown);
    EXPECT_EQ(refusal_of(second), Errc::api_key_unknown);
    EXPECT_EQ(refusal_of(other), std::nullopt);
}

TEST_F(ApiKeyServiceTest, asks_again_whether_the_account_may_be_used_after_a_drop) {
    const IssuedApiKey issued = issue();
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    owners_.refusal = Errc::account_disabled;
    service_.drop_cached(account_);

    EXPECT_EQ(refusal_of(issued), Errc::account_disabled);
    EXPECT_EQ(owners_.refusals, std::vector{Errc::account_disabled});
}

TEST_F(ApiKeyServiceTest, rotation_lets_both_keys_work_for_the_overlap) {
    const IssuedApiKey old = issue_for(days(90));
    ASSERT_EQ(refusal_of(old), std::nullopt);
    clock_.advance(days(80));

    const Result<IssuedApiKey> fresh = run(service_.rotate(account_, old.record.id, hours(24), {}));

    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->record.name, old.record.name);
    EXPECT_EQ(fresh->record.expires_at, clock_.now() + days(90));
    EXPECT_EQ(refusal_of(old), std::nullopt);
    EXPECT_EQ(refusal_of(*fresh), std::nullopt);
    clock_.advance(hours(24));
    EXPECT_EQ(refusal_of(old), Errc::api_key_expired);
    EXPECT_EQ(refusal_of(*fresh), std::nullopt);
}

TEST_F(ApiKeyServiceTest, rotation_without_overlap_ends_the_old_key_now) {
    const IssuedApiKey old = issue();
    ASSERT_EQ(refusal_of(old), std::nullopt);

    ASSERT_TRUE(run(service_.rotate(account_, old.record.id, Duration(0), {})));

    EXPECT_EQ(service_.find_cached(old.key.hash()), nullptr);
    EXPECT_EQ(refusal_of(old), Errc::api_key_expired);
}

TEST_F(ApiKeyServiceTest, rotates_a_key_once_and_only_for_its_own_account) {
    const IssuedApiKey old = issue();
    const AccountId stranger = AccountId::make(random_);

    EXPECT_EQ(run(service_.rotate(stranger, old.record.id, hours(1), {})).error().code, Errc::not_found);
    EXPECT_EQ(run(service_.rotate(account_, old.record.id, days(31), {})).error().code, Errc::invalid);
    ASSERT_TRUE(run(service_.rotate(account_, old.record.id, hours(1), {})));
    EXPECT_EQ(run(service_.rotate(account_, old.record.id, hours(1), {})).error().code, Errc::conflict);
}

TEST_F(ApiKeyServiceTest, writes_last_used_at_most_once_a_minute) {
    const IssuedApiKey issued = issue();
    const Time first_use = clock_.now();
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(refusal_of(issued), std::nullopt);
        clock_.advance(std::chrono::seconds(10));
    }

    ASSERT_TRUE(run(service_.flush_last_used()));

    EXPECT_EQ(run(service_.list(account_)).value().front().last_used_at, first_use);
    clock_.advance(minutes(1));
    const Time second_use = clock_.now();
    ASSERT_EQ(refusal_of(issued), std::nullopt);
    ASSERT_TRUE(run(service_.flush_last_used()));
    EXPECT_EQ(run(service_.list(account_)).value().front().last_used_at, second_use);
}

TEST_F(ApiKeyServiceTest, keeps_expired_keys_in_the_list_for_a_month) {
    issue_for(hours(1));
    clock_.advance(hours(1) + expired_keys_stay - Duration(1));
    EXPECT_EQ(run(service_.sweep(10)).value(), 0U);
    EXPECT_EQ(run(service_.list(account_)).value().size(), 1U);

    clock_.advance(Duration(1));

    EXPECT_EQ(run(service_.sweep(10)).value(), 1U);
    EXPECT_TRUE(run(service_.list(account_)).value().empty());
}

TEST_F(ApiKeyServiceTest, never_accepts_a_key_after_its_revocation_was_answered_on_any_thread) {
    for (int round = 0; round < 50; ++round) {
        const IssuedApiKey issued = issue();
        std::atomic<bool> revoked = false;
        std::atomic<int> accepted_late = 0;
        std::vector<std::jthread> readers;
        for (int i = 0; i < 3; ++i) {
            readers.emplace_back([&] {
                for (bool last = false; !last;) {
                    last = revoked.load();
                    const bool accepted = !refusal_of(issued).has_value();
                    accepted_late += last && accepted ? 1 : 0;
                }
            });
        }

        ASSERT_TRUE(run(service_.revoke(account_, issued.record.id, std::nullopt)).value());
        revoked = true;
        readers.clear();

        EXPECT_EQ(accepted_late, 0);
    }
}

}  // namespace cardea::testing
