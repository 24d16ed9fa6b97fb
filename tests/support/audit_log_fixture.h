// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/log.h"
#include "cardea/crypto/keyring.h"
#include "tests/support/run_task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::audit {

/// Rows in memory, which tests may change behind the log's back.
class RowStore final : public AuditStore {
 public:
    Task<Result<>> append(std::vector<AuditRecord> records, Awaited awaited) override {
        ++appends;
        last_awaited = awaited;
        const Executor executor = co_await boost::asio::this_coro::executor;
        co_await boost::asio::post(executor, use_task);  // like a disk: others come while it works
        if (refuse_with) {
            co_return fail(*refuse_with);
        }
        for (AuditRecord& record : records) {
            if (record.sequence != static_cast<std::int64_t>(rows.size()) + 1) {
                co_return fail(Errc::conflict);
            }
            rows.push_back(std::move(record));
        }
        co_return Result<>();
    }
    Task<Result<std::optional<AuditRecord>>> head() override {
        co_return rows.empty() ? std::optional<AuditRecord>() : rows.back();
    }
    Task<Result<std::vector<AuditRecord>>> read(std::int64_t first, std::size_t limit) override {
        std::vector<AuditRecord> out;
        for (const AuditRecord& row : rows) {
            if (row.sequence >= first && out.size() < limit) {
                out.push_back(row);
            }
        }
        co_return out;
    }
    Task<Result<std::size_t>> erase_personal(AccountId account, std::string kept) override {
        std::size_t erased = 0;
        for (AuditRecord& row : rows) {
            if (row.account == account && row.event != kept) {
                row.personal.clear();
                ++erased;
            }
        }
        co_return erased;
    }

    std::vector<AuditRecord> rows;
    std::optional<Errc> refuse_with;
    int appends = 0;
    Awaited last_awaited = Awaited::no;
};

/// A log over rows in memory.
class AuditLogFixture : public ::testing::Test {
 protected:
    Entry entry(Event event, std::optional<Errc> refusal = std::nullopt) {
        Entry out;
        out.event = event;
        out.refusal = refusal;
        out.account = anna;
        out.personal.client_address = "192.0.2.7";
        out.personal.user_agent = "Mozilla/5.0";
        return out;
    }

    void record(int count) {
        for (int i = 0; i < count; ++i) {
            clock.advance(std::chrono::seconds(1));
            ASSERT_TRUE(testing::run(log.record(entry(Event::signed_in))));
        }
    }

    Verification verify(std::optional<Head> known = std::nullopt) {
        return testing::run(log.verify(known)).value();
    }
    std::optional<Break> first_break(std::optional<Head> known = std::nullopt) {
        return verify(known).first_break;
    }
    /// What verify() says with other secrets.
    Verification verify_with(const crypto::Keyring& others) {
        AuditLog reader(store, others, clock, random);
        return testing::run(reader.verify(std::nullopt)).value();
    }
    std::ptrdiff_t rows_of(std::string_view event, std::string_view outcome) {
        return std::ranges::count_if(store.rows, [&](const AuditRecord& row) {
            return row.event == event && row.outcome == outcome;
        });
    }

    FakeClock clock;
    FakeRandom random;
    crypto::Keyring keyring =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    RowStore store;
    AuditLog log{store, keyring, clock, random};
    AccountId anna = AccountId::make(random);
};

}  // namespace cardea::audit
