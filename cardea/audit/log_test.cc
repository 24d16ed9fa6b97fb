// SPDX-License-Identifier: Apache-2.0
#include "tests/support/audit_log_fixture.h"

#include <gmock/gmock.h>

namespace cardea::audit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AuditLogTest : public AuditLogFixture {};

TEST_F(AuditLogTest, writes_numbered_rows_that_verify) {
    record(3);
    ASSERT_TRUE(testing::run(log.record(entry(Event::signed_in, Errc::credentials_wrong))));

    ASSERT_EQ(store.rows.size(), 4U);
    EXPECT_EQ(store.rows[0].sequence, 1);
    EXPECT_EQ(store.rows[0].event, "session.issued");
    EXPECT_EQ(store.rows[0].outcome, "success");
    EXPECT_EQ(store.rows[0].account, anna);
    EXPECT_THAT(store.rows[0].personal, HasSubstr("192.0.2.7"));
    EXPECT_EQ(store.rows[3].outcome, "credentials_wrong");
    EXPECT_EQ(verify().rows, 4);
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, counts_what_came_of_sign_ins) {
    testing::run(log.note(entry(Event::signed_in)));
    testing::run(log.note(entry(Event::signed_in, Errc::credentials_wrong)));
    testing::run(log.note(entry(Event::signed_in, Errc::store_corrupt)));
    testing::run(log.note(entry(Event::signed_out)));
    EXPECT_FALSE(log.is_one_too_many(entry(Event::signed_in, Errc::rate_limited)));

    for (std::size_t i = 0; i < sign_in_outcomes; ++i) {
        const auto outcome = static_cast<SignInOutcome>(i);
        EXPECT_EQ(log.sign_ins().count(outcome), 1U) << name(outcome);
    }
}

TEST_F(AuditLogTest, erased_personal_data_leaves_the_chain_whole) {
    record(3);
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));

    EXPECT_EQ(testing::run(log.erase_personal(anna)).value(), 3U);

    EXPECT_THAT(store.rows[3].personal, HasSubstr("192.0.2.7"));
    EXPECT_THAT(store.rows[0].personal, Not(HasSubstr("192.0.2.7")));
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, rows_behind_the_erasure_have_no_personal_data) {
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));
    ASSERT_TRUE(testing::run(log.erase_personal(anna)));

    testing::run(log.note(entry(Event::signed_in, Errc::credentials_wrong)));  // was under way

    ASSERT_EQ(store.rows.size(), 2U);
    EXPECT_THAT(store.rows[0].personal, HasSubstr("192.0.2.7"));
    EXPECT_EQ(store.rows[1].personal, "");
    EXPECT_EQ(store.rows[1].account, anna);
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, erases_what_is_being_written_too) {
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));
    const auto note = [](AuditLog& to, Entry entry) -> Task<bool> {
        co_return co_await to.note(std::move(entry));
    };
    const auto erase = [](AuditLog& from, AccountId account) -> Task<bool> {
        const Result<std::size_t> erased = co_await from.erase_personal(account);
        co_return erased.has_value();
    };
    std::vector<Task<bool>> side_by_side;
    side_by_side.push_back(note(log, entry(Event::signed_in)));
    side_by_side.push_back(erase(log, anna));

    testing::run_all(std::move(side_by_side));

    ASSERT_EQ(store.rows.size(), 2U);
    EXPECT_EQ(store.rows[1].personal, "");
}

TEST_F(AuditLogTest, equal_personal_data_has_no_equal_digests) {
    record(2);

    EXPECT_NE(store.rows[0].personal_digest, store.rows[1].personal_digest);
}

TEST_F(AuditLogTest, goes_on_behind_what_another_process_appended) {
    record(2);
    AuditLog other(store, keyring, clock, random);
    ASSERT_TRUE(testing::run(other.record(entry(Event::account_disabled))));

    record(1);

    EXPECT_EQ(store.rows.size(), 4U);
    EXPECT_EQ(first_break(), std::nullopt);
}

}  // namespace
}  // namespace cardea::audit
