// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/verifier.h"

#include "tests/support/audit_log_fixture.h"

#include <gtest/gtest.h>

namespace cardea::audit {
namespace {

class VerifierTest : public AuditLogFixture {};

TEST_F(VerifierTest, a_changed_field_shows) {
    record(5);
    const auto change = [&](auto&& edit) {
        const AuditRecord before = store.rows[2];
        edit(store.rows[2]);
        EXPECT_EQ(first_break(), (Break{3, Damage::changed}));
        store.rows[2] = before;
    };

    change([](AuditRecord& row) { row.event = "session.ended"; });
    change([](AuditRecord& row) { row.outcome = "success!"; });
    change([](AuditRecord& row) { row.at += std::chrono::seconds(1); });
    change([](AuditRecord& row) { row.account = AccountId(); });
    change([](AuditRecord& row) { row.reference = "x"; });
    change([](AuditRecord& row) { row.personal_digest[0] ^= 1U; });
    change([](AuditRecord& row) { row.mac[0] ^= 1U; });
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(VerifierTest, changed_personal_data_shows) {
    record(2);
    store.rows[1].personal = R"({"address":"198.51.100.1"})";

    EXPECT_EQ(first_break(), (Break{2, Damage::personal_changed}));
}

TEST_F(VerifierTest, a_removed_row_shows) {
    record(5);
    store.rows.erase(store.rows.begin() + 1);

    EXPECT_EQ(first_break(), (Break{2, Damage::missing}));
}

TEST_F(VerifierTest, a_removed_row_shows_even_when_the_others_are_renumbered) {
    record(5);
    store.rows.erase(store.rows.begin() + 1);
    for (std::size_t i = 1; i < store.rows.size(); ++i) {
        store.rows[i].sequence = static_cast<std::int64_t>(i) + 1;
    }

    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(VerifierTest, rows_in_another_order_show) {
    record(5);
    std::swap(store.rows[1], store.rows[2]);
    std::swap(store.rows[1].sequence, store.rows[2].sequence);

    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(VerifierTest, a_cut_shows_against_the_head_that_was_logged) {
    record(5);
    const Head head = testing::run(log.head()).value();
    store.rows.resize(3);

    EXPECT_EQ(first_break(), std::nullopt);
    EXPECT_EQ(first_break(head), (Break{4, Damage::truncated}));
}

TEST_F(VerifierTest, a_log_written_anew_with_the_same_key_shows_against_the_head_that_was_logged) {
    record(3);
    const Head head = testing::run(log.head()).value();
    store.rows.clear();
    AuditLog forger(store, keyring, clock, random);
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(testing::run(forger.record(entry(Event::signed_out))));
    }

    EXPECT_EQ(first_break(), std::nullopt);
    EXPECT_EQ(first_break(head), (Break{3, Damage::changed}));
}

TEST_F(VerifierTest, a_forged_row_without_the_key_shows) {
    record(1);
    const crypto::Keyring other = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    AuditLog forger(store, other, clock, random);
    ASSERT_TRUE(testing::run(forger.record(entry(Event::signed_out))));
    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));

    store.rows[1].key_id = keyring.newest();
    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(VerifierTest, rows_of_a_secret_that_is_not_here_are_told_and_the_later_ones_checked) {
    const std::string old_secret = "correct-horse-battery-staple-0123456789-abcdef";
    const std::string new_secret = "another-secret-9876543210-zyxwvutsrqponm";
    const crypto::Keyring both = crypto::Keyring::parse(new_secret + "\n" + old_secret).value();
    const crypto::Keyring newer = crypto::Keyring::parse(new_secret).value();
    record(3);
    AuditLog rotated(store, both, clock, random);
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_in))));
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_out))));

    EXPECT_TRUE(verify_with(both).is_whole());
    const Verification without = verify_with(newer);
    EXPECT_FALSE(without.is_whole());
    EXPECT_EQ(without.first_break, std::nullopt);
    EXPECT_EQ(without.unchecked, (Unchecked{.first = 1, .rows = 3}));
    EXPECT_EQ(without.rows, 2);

    store.rows[4].event = "session.ended-";
    EXPECT_EQ(verify_with(newer).first_break, (Break{5, Damage::changed}));
}

TEST_F(VerifierTest, the_last_row_of_a_lost_secret_is_held_by_the_one_behind_it) {
    record(2);
    const crypto::Keyring newer = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    AuditLog rotated(store, newer, clock, random);
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_in))));
    store.rows[1].mac[0] ^= 1U;

    EXPECT_EQ(verify_with(newer).first_break, (Break{3, Damage::changed}));
}

TEST_F(VerifierTest, a_removal_that_cannot_be_checked_covers_no_erasure) {
    const crypto::Keyring newer = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));
    store.rows[0].personal.clear();
    AuditLog rotated(store, newer, clock, random);
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_in))));

    EXPECT_EQ(verify_with(newer).first_break, std::nullopt);

    store.rows[1].personal.clear();
    EXPECT_EQ(verify_with(newer).first_break, (Break{2, Damage::personal_changed}));
}

TEST_F(VerifierTest, verify_tells_the_head_of_what_it_read) {
    record(3);

    EXPECT_EQ(verify().head, testing::run(log.head()).value());
}

TEST_F(VerifierTest, personal_data_that_is_gone_shows_unless_its_account_was_removed) {
    const AccountId bert = AccountId::make(random);
    record(2);
    Entry other = entry(Event::signed_in);
    other.account = bert;
    ASSERT_TRUE(testing::run(log.record(other)));
    Entry failed = entry(Event::account_removed, Errc::store_unavailable);
    failed.account = bert;
    ASSERT_TRUE(testing::run(log.record(failed)));
    ASSERT_TRUE(testing::run(log.erase_personal(bert)));

    EXPECT_EQ(first_break(), (Break{3, Damage::personal_changed}));

    failed.refusal.reset();
    ASSERT_TRUE(testing::run(log.record(failed)));
    EXPECT_EQ(first_break(), std::nullopt);

    store.rows[1].personal.clear();
    EXPECT_EQ(first_break(), (Break{2, Damage::personal_changed}));
}

TEST_F(VerifierTest, personal_data_of_nobody_in_particular_is_never_gone) {
    Entry anonymous = entry(Event::signed_in, Errc::credentials_wrong);
    anonymous.account = AccountId();
    ASSERT_TRUE(testing::run(log.record(anonymous)));
    store.rows[0].personal.clear();

    EXPECT_EQ(first_break(), (Break{1, Damage::personal_changed}));
}

}  // namespace
}  // namespace cardea::audit
