// SPDX-License-Identifier: Apache-2.0
// What is particular to the SQLite stores; what all stores promise is in tests/conformance.
#include "cardea/stores/sqlite_stores.h"

#include "cardea/base/assert.h"
#include "cardea/stores/sql_schema.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/wal_commits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

namespace cardea::stores {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using testing::TemporaryFolder;

constexpr Time start = Time(std::chrono::seconds(1'800'000'000));

AccountId account_id(std::uint8_t number) {
    return AccountId({number});
}

session::SessionRecord a_session(std::uint8_t number, AccountId account) {
    session::SessionRecord record;
    record.id = SessionId({number});
    record.token_hash = {number};
    record.account = account;
    record.created_at = start;
    record.last_seen_at = start;
    record.idle = std::chrono::hours(1);
    record.expires_at = start + std::chrono::hours(24);
    return record;
}

account::AccountRecord an_account(std::uint8_t number) {
    account::AccountRecord record;
    record.id = account_id(number);
    record.email = record.email_key = "user" + std::to_string(number) + "@example.org";
    return record;
}

SqliteStores open_in(const TemporaryFolder& folder) {
    Result<SqliteStores> stores = open_sqlite(folder.path() / "cardea.db");
    CARDEA_ASSERT(stores.has_value());
    return std::move(*stores);
}

TEST(SqliteStores, keep_everything_over_a_restart) {
    const TemporaryFolder folder;
    audit::AuditRecord event;
    event.sequence = 1;
    event.event = "session.issued";
    {
        const SqliteStores stores = open_in(folder);
        ASSERT_TRUE(run(stores.accounts->insert(an_account(1), {})).has_value());
        ASSERT_TRUE(run(stores.sessions->insert(a_session(1, account_id(1)), {})).has_value());
        ASSERT_TRUE(*run(stores.one_time->consume({5}, start)));
        ASSERT_TRUE(run(stores.audit->append({event}, audit::Awaited::yes)).has_value());
    }

    const SqliteStores stores = open_in(folder);

    EXPECT_TRUE(run(stores.accounts->find(account_id(1)))->has_value());
    EXPECT_TRUE(run(stores.sessions->find({1}))->has_value());
    EXPECT_FALSE(*run(stores.one_time->consume({5}, start)));
    EXPECT_EQ((*run(stores.audit->head()))->event, event.event);
}

/// What a sign-in writes, in the order in which it does, and the note of the sign-in before.
Task<Result<>> write_sign_in(SqliteStores& stores) {
    session::Insertion also{.replaces = session::SessionName{account_id(1), SessionId({7})}};
    also.consumes = OneTimeUse{OneTimeHash{1}, start};
    const auto inserted = co_await stores.sessions->insert(a_session(1, account_id(1)), also);
    co_return inserted ? Result<>() : Result<>(fail(Errc::internal));
}

TEST(SqliteStores, end_the_sessions_of_whom_nobody_wrote_down_by_which_identity_they_came) {
    const TemporaryFolder folder;
    sql::SqliteOptions before{.file = folder.path() / "cardea.db"};
    before.schema = sql_schema();
    before.schema.migrations = before.schema.migrations.first(3);
    const AccountId account = account_id(1);
    const Bytes owner(account.bytes().begin(), account.bytes().end());
    {
        const auto database = sql::SqliteDatabase::open(std::move(before)).value();
        for (const char* amr : {"pwd", "fed", "fed pwd"}) {
            sql::Batch batch;
            batch.add(
                "INSERT INTO session (token_hash, id, account, transport, persistence, created_at,"
                " last_seen_at, idle, expires_at, amr, client_address, user_agent, data, version, ends_at)"
                " VALUES (randomblob(32), randomblob(16), $1, 0, 0, 0, 0, 1, 1, $2, '', '', '{}', 0, 1)",
                {owner, std::string(amr)}
            );
            ASSERT_TRUE(run(database->write(std::move(batch))));
        }
    }

    const SqliteStores stores = open_in(folder);

    const auto left = run(stores.sessions->list(account)).value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().amr, "pwd");
    EXPECT_TRUE(left.front().identity.is_nil());
}

TEST(SqliteStores, write_as_much_for_a_failed_sign_in_whether_or_not_there_is_an_account) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    ASSERT_TRUE(run(stores.accounts->insert(an_account(1), {})));
    const auto bytes_written_for = [&](std::optional<AccountId> id) {
        const std::filesystem::path log = folder.path() / "cardea.db-wal";
        const std::uintmax_t before = std::filesystem::file_size(log);
        EXPECT_TRUE(run(stores.accounts->count_failed_attempt(id)));
        return std::filesystem::file_size(log) - before;
    };

    for (int i = 0; i < 3; ++i) {
        const std::uintmax_t for_nobody = bytes_written_for(std::nullopt);
        EXPECT_EQ(bytes_written_for(account_id(1)), for_nobody);
        EXPECT_GT(for_nobody, 0U);
    }
}

TEST(SqliteStores, commit_once_for_a_sign_in_and_the_audit_note_of_the_one_before) {
    const TemporaryFolder folder;
    sql::SqliteOptions options;
    options.file = folder.path() / "cardea.db";
    options.longest_wait = std::chrono::hours(1);
    SqliteStores stores = open_sqlite(std::move(options)).value();
    ASSERT_TRUE(run(stores.sessions->insert(a_session(7, account_id(1)), {})));
    const int commits_before = testing::count_wal_commits(folder.path() / "cardea.db");
    audit::AuditRecord note;
    note.sequence = 1;
    std::vector<Task<Result<>>> writes;
    writes.push_back(stores.audit->append({note}, audit::Awaited::no));
    writes.push_back(write_sign_in(stores));

    for (const Result<>& written : testing::run_all(std::move(writes))) {
        EXPECT_TRUE(written);
    }

    EXPECT_EQ(testing::count_wal_commits(folder.path() / "cardea.db"), commits_before + 1);
    EXPECT_TRUE(run(stores.audit->head())->has_value());
    EXPECT_FALSE(run(stores.sessions->find(session::TokenHash{7}))->has_value());
}

TEST(SqliteStores, admit_many_accounts_without_a_username) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);

    EXPECT_TRUE(run(stores.accounts->insert(an_account(1), {})).has_value());
    EXPECT_TRUE(run(stores.accounts->insert(an_account(2), {})).has_value());
    EXPECT_FALSE(run(stores.accounts->find_by_username(""))->has_value());
}

TEST(SqliteStores, find_a_row_that_does_not_decode_corrupt) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    ASSERT_TRUE(run(stores.sessions->insert(a_session(1, account_id(1)), {})).has_value());
    sql::Batch damage;
    damage.add("UPDATE session SET transport = 9", {});
    ASSERT_TRUE(run(stores.database->write(std::move(damage))).has_value());

    EXPECT_EQ(run(stores.sessions->find({1})).error().code, Errc::store_corrupt);
}

// Every statement of the stores that a request waits for must find its rows through an index.
TEST(SqliteStores, look_rows_up_through_indexes) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    const std::array<std::pair<const char*, sql::Params>, 10> statements{{
        {"SELECT * FROM session WHERE token_hash = $1", {Bytes()}},
        {"SELECT * FROM session WHERE account = $1", {Bytes()}},
        {"DELETE FROM session WHERE account = $1 AND id = $2", {Bytes(), Bytes()}},
        {"SELECT token_hash FROM session WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2",
         {std::int64_t{1}, std::int64_t{1}}},
        {"SELECT * FROM account WHERE email_key = $1", {std::string()}},
        {"SELECT * FROM account WHERE username_key = $1", {std::string()}},
        {"SELECT * FROM account WHERE id > $1 ORDER BY id LIMIT $2", {Bytes(), std::int64_t{1}}},
        {"SELECT * FROM federated_identity WHERE issuer = $1 AND subject = $2", {std::string(), std::string()}
        },
        {"SELECT * FROM federated_identity WHERE account = $1 ORDER BY linked_at, id", {Bytes()}},
        {"UPDATE audit_event SET personal = '' WHERE account = $1 AND personal <> ''", {Bytes()}},
    }};
    for (const auto& [statement, params] : statements) {
        const auto plan = run(stores.database->read("EXPLAIN QUERY PLAN " + std::string(statement), params));
        ASSERT_TRUE(plan.has_value()) << statement;
        for (const sql::Row& step : *plan) {
            EXPECT_THAT(step.text(3), HasSubstr("INDEX")) << statement;
            EXPECT_THAT(step.text(3), Not(HasSubstr("TEMP B-TREE"))) << statement;
        }
    }
}

TEST(SqliteStores, find_one_account_among_a_hundred_thousand) {
    const TemporaryFolder folder;
    {
        const SqliteStores stores = open_in(folder);
        sql::Batch fill;
        fill.add(
            "INSERT INTO account (id, email, email_key, email_verified, username, name, password_hash, "
            "status,"
            " failed_attempts, created_at, password_changed_at, version)"
            " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            " SELECT randomblob(16), 'user' || i || '@example.org', 'user' || i || '@example.org', 0, '', '',"
            " '$argon2id$v=19$m=19456,t=2,p=1$' || hex(randomblob(32)), 0, 0, 0, 0, 1 FROM n",
            {}
        );
        ASSERT_TRUE(run(stores.database->write(std::move(fill))).has_value());
    }

    const SqliteStores stores = open_in(folder);
    const auto found = run(stores.accounts->find_by_email("user77777@example.org"));

    ASSERT_TRUE(found.has_value() && found->has_value());
    EXPECT_EQ((*found)->email, "user77777@example.org");
}

}  // namespace
}  // namespace cardea::stores
