// SPDX-License-Identifier: Apache-2.0
// What is particular to the SQLite stores; what all stores promise is in tests/conformance.
#include "cardea/stores/sqlite_stores.h"

#include "cardea/base/assert.h"
#include "cardea/stores/sql_schema.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace cardea::stores {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using testing::run_all;
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
    record.transport = session::Transport::bearer;
    record.persistence = session::Persistence::persistent;
    record.created_at = start;
    record.last_seen_at = start + std::chrono::minutes(1);
    record.idle = std::chrono::hours(1);
    record.expires_at = start + std::chrono::hours(24);
    record.amr = "pwd otp";
    record.client_address = "2001:db8::1";
    record.user_agent = "Mozilla/5.0 (ü)";
    record.data = R"({"cart":[1]})";
    record.version = 3;
    return record;
}

account::AccountRecord an_account(std::uint8_t number) {
    account::AccountRecord record;
    record.id = account_id(number);
    record.email = "User" + std::to_string(number) + "@Example.org";
    record.email_key = "user" + std::to_string(number) + "@example.org";
    record.name = "名前";
    record.password_hash = "$argon2id$v=19$...";
    record.created_at = start;
    record.password_changed_at = start;
    return record;
}

SqliteStores open_in(const TemporaryFolder& folder) {
    Result<SqliteStores> stores = open_sqlite(folder.path() / "cardea.db");
    CARDEA_ASSERT(stores.has_value());
    return std::move(*stores);
}

TEST(SqliteStores, keep_every_field_of_a_session_over_a_restart) {
    const TemporaryFolder folder;
    const session::SessionRecord written = a_session(1, account_id(1));
    ASSERT_TRUE(run(open_in(folder).sessions->insert(written, std::nullopt)).has_value());

    const auto read = run(open_in(folder).sessions->find(written.token_hash));

    ASSERT_TRUE(read.has_value() && read->has_value());
    EXPECT_EQ((*read)->id, written.id);
    EXPECT_EQ((*read)->account, written.account);
    EXPECT_EQ((*read)->transport, written.transport);
    EXPECT_EQ((*read)->persistence, written.persistence);
    EXPECT_EQ((*read)->created_at, written.created_at);
    EXPECT_EQ((*read)->last_seen_at, written.last_seen_at);
    EXPECT_EQ((*read)->idle, written.idle);
    EXPECT_EQ((*read)->expires_at, written.expires_at);
    EXPECT_EQ((*read)->amr, written.amr);
    EXPECT_EQ((*read)->client_address, written.client_address);
    EXPECT_EQ((*read)->user_agent, written.user_agent);
    EXPECT_EQ((*read)->data, written.data);
    EXPECT_EQ((*read)->version, written.version);
}

TEST(SqliteStores, keep_every_field_of_an_account_over_a_restart) {
    const TemporaryFolder folder;
    account::AccountRecord written = an_account(1);
    written.email_verified = true;
    written.username = "Ada";
    written.username_key = "ada";
    written.status = account::Status::disabled;
    written.failed_attempts = 7;
    written.version = 9;
    ASSERT_TRUE(run(open_in(folder).accounts->insert(written)).has_value());

    const auto read = run(open_in(folder).accounts->find(written.id));

    ASSERT_TRUE(read.has_value() && read->has_value());
    EXPECT_EQ((*read)->email, written.email);
    EXPECT_EQ((*read)->email_key, written.email_key);
    EXPECT_TRUE((*read)->email_verified);
    EXPECT_EQ((*read)->username, written.username);
    EXPECT_EQ((*read)->username_key, written.username_key);
    EXPECT_EQ((*read)->name, written.name);
    EXPECT_EQ((*read)->password_hash, written.password_hash);
    EXPECT_EQ((*read)->status, written.status);
    EXPECT_EQ((*read)->failed_attempts, written.failed_attempts);
    EXPECT_EQ((*read)->created_at, written.created_at);
    EXPECT_EQ((*read)->password_changed_at, written.password_changed_at);
    EXPECT_EQ((*read)->version, written.version);
}

TEST(SqliteStores, keep_consumed_values_and_audit_rows_over_a_restart) {
    const TemporaryFolder folder;
    audit::AuditRecord event;
    event.sequence = 1;
    event.at = start;
    event.event = "session.issued";
    event.personal = R"({"address":"::1"})";
    event.personal_digest = {1};
    event.mac = {2};
    {
        const SqliteStores stores = open_in(folder);
        ASSERT_TRUE(*run(stores.one_time->consume({5}, start)));
        ASSERT_TRUE(run(stores.audit->append({event})).has_value());
    }

    const SqliteStores stores = open_in(folder);

    EXPECT_FALSE(*run(stores.one_time->consume({5}, start)));
    const auto head = run(stores.audit->head());
    ASSERT_TRUE(head.has_value() && head->has_value());
    EXPECT_EQ((*head)->event, event.event);
    EXPECT_EQ((*head)->personal, event.personal);
    EXPECT_EQ((*head)->mac, event.mac);
    EXPECT_TRUE((*head)->account.is_nil());
}

TEST(SqliteStores, remove_the_sessions_of_a_removed_account) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    ASSERT_TRUE(run(stores.accounts->insert(an_account(1))).has_value());
    ASSERT_TRUE(run(stores.sessions->insert(a_session(1, account_id(1)), std::nullopt)).has_value());
    ASSERT_TRUE(run(stores.sessions->insert(a_session(2, account_id(2)), std::nullopt)).has_value());

    EXPECT_TRUE(*run(stores.accounts->remove(account_id(1))));

    EXPECT_FALSE(run(stores.sessions->find({1}))->has_value());
    EXPECT_TRUE(run(stores.sessions->find({2}))->has_value());
}

TEST(SqliteStores, admit_many_accounts_without_a_username) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);

    EXPECT_TRUE(run(stores.accounts->insert(an_account(1))).has_value());
    EXPECT_TRUE(run(stores.accounts->insert(an_account(2))).has_value());
    EXPECT_FALSE(run(stores.accounts->find_by_username(""))->has_value());
}

TEST(SqliteStores, find_a_row_that_does_not_decode_corrupt) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    ASSERT_TRUE(run(stores.sessions->insert(a_session(1, account_id(1)), std::nullopt)).has_value());
    sql::Batch damage;
    damage.add("UPDATE session SET transport = 9", {});
    ASSERT_TRUE(run(stores.database->write(std::move(damage))).has_value());

    EXPECT_EQ(run(stores.sessions->find({1})).error().code, Errc::store_corrupt);
}

TEST(SqliteStores, forget_the_idle_end_that_a_touch_moved) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    ASSERT_TRUE(run(stores.sessions->insert(a_session(1, account_id(1)), std::nullopt)).has_value());
    ASSERT_TRUE(run(stores.sessions->touch({{{1}, start + std::chrono::hours(2)}})).has_value());

    EXPECT_EQ(*run(stores.sessions->purge_expired(start + std::chrono::minutes(179), 10)), 0u);
    EXPECT_EQ(*run(stores.sessions->purge_expired(start + std::chrono::minutes(180), 10)), 1u);
}

// Every statement of the stores that a request waits for must find its rows through an index.
TEST(SqliteStores, look_rows_up_through_indexes) {
    const TemporaryFolder folder;
    const SqliteStores stores = open_in(folder);
    const std::array<std::pair<const char*, sql::Params>, 8> statements{{
        {"SELECT * FROM session WHERE token_hash = $1", {Bytes()}},
        {"SELECT * FROM session WHERE account = $1", {Bytes()}},
        {"DELETE FROM session WHERE account = $1 AND id = $2", {Bytes(), Bytes()}},
        {"SELECT token_hash FROM session WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2",
         {std::int64_t{1}, std::int64_t{1}}},
        {"SELECT * FROM account WHERE email_key = $1", {std::string()}},
        {"SELECT * FROM account WHERE username_key = $1", {std::string()}},
        {"SELECT * FROM account WHERE id > $1 ORDER BY id LIMIT $2", {Bytes(), std::int64_t{1}}},
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

TEST(SqliteStores, open_and_answer_quickly_with_a_hundred_thousand_accounts) {
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

    const auto before = std::chrono::steady_clock::now();
    const SqliteStores stores = open_in(folder);
    const auto found = run(stores.accounts->find_by_email("user77777@example.org"));
    const auto took = std::chrono::steady_clock::now() - before;

    EXPECT_TRUE(found.has_value() && found->has_value());
    EXPECT_LT(took, std::chrono::milliseconds(50));
    RecordProperty("took", std::to_string(std::chrono::duration<double, std::milli>(took).count()) + " ms");
}

}  // namespace
}  // namespace cardea::stores
