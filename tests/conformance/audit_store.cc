// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"

#include <gmock/gmock.h>

namespace cardea::testing {

using audit::AuditRecord;
using audit::Awaited;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

AuditRecord make_row(std::int64_t sequence, AccountId account) {
    AuditRecord record;
    record.sequence = sequence;
    record.at = Time(Duration(1'700'000'000'000 + sequence));
    record.event = "signed_in";
    record.outcome = "success";
    record.account = account;
    record.personal = R"({"address":"192.0.2.1"})";
    return record;
}

void expect_same(const AuditRecord& a, const AuditRecord& b) {
    EXPECT_EQ(a.sequence, b.sequence);
    EXPECT_EQ(a.at, b.at);
    EXPECT_EQ(a.event, b.event);
    EXPECT_EQ(a.outcome, b.outcome);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.reference, b.reference);
    EXPECT_EQ(a.personal, b.personal);
    EXPECT_EQ(a.personal_digest, b.personal_digest);
    EXPECT_EQ(a.key_id, b.key_id);
    EXPECT_EQ(a.mac, b.mac);
}

std::vector<std::int64_t> sequences(const Result<std::vector<AuditRecord>>& rows) {
    EXPECT_TRUE(rows);
    std::vector<std::int64_t> result;
    for (const AuditRecord& row : *rows) {
        result.push_back(row.sequence);
    }
    return result;
}

}  // namespace

TEST_P(AuditStoreTest, has_no_head_when_it_is_empty) {
    const Result<std::optional<AuditRecord>> head = run(stores_->audit().head());

    ASSERT_TRUE(head);
    EXPECT_FALSE(head->has_value());
    EXPECT_THAT(sequences(run(stores_->audit().read(1, 10))), IsEmpty());
}

TEST_P(AuditStoreTest, returns_every_field_as_it_was_appended) {
    AuditRecord record = make_row(1, AccountId::make(random_));
    record.outcome = "credentials_wrong";
    record.reference = "abcd-efgh-jkmn-pqrs";
    record.personal = R"({"name":"Zoë 🔑 '\"; --"})";
    record.personal_digest = random_.bytes<32>();
    record.key_id = "k1";
    record.mac = random_.bytes<32>();
    ASSERT_TRUE(run(stores_->audit().append({record}, Awaited::yes)));

    const Result<std::optional<AuditRecord>> head = run(stores_->audit().head());
    const Result<std::vector<AuditRecord>> rows = run(stores_->audit().read(1, 10));

    ASSERT_TRUE(head && head->has_value());
    expect_same(**head, record);
    ASSERT_TRUE(rows && rows->size() == 1);
    expect_same(rows->front(), record);
}

TEST_P(AuditStoreTest, reads_in_order_from_a_row_on) {
    const AccountId nobody;
    ASSERT_TRUE(run(stores_->audit().append({make_row(1, nobody), make_row(2, nobody)}, Awaited::yes)));
    ASSERT_TRUE(run(stores_->audit().append({make_row(3, nobody), make_row(4, nobody)}, Awaited::yes)));

    EXPECT_THAT(sequences(run(stores_->audit().read(1, 10))), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(sequences(run(stores_->audit().read(2, 2))), ElementsAre(2, 3));
    EXPECT_THAT(sequences(run(stores_->audit().read(5, 10))), IsEmpty());
    EXPECT_EQ(run(stores_->audit().head()).value().value().sequence, 4);
}

TEST_P(AuditStoreTest, appends_all_rows_or_none) {
    const AccountId nobody;
    ASSERT_TRUE(run(stores_->audit().append({make_row(1, nobody), make_row(2, nobody)}, Awaited::yes)));

    const Result<> taken =
        run(stores_->audit().append({make_row(2, nobody), make_row(3, nobody)}, Awaited::yes));

    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, Errc::conflict);
    EXPECT_THAT(sequences(run(stores_->audit().read(1, 10))), ElementsAre(1, 2));
}

TEST_P(AuditStoreTest, appends_one_of_many_rows_with_the_same_sequence) {
    const AccountId nobody;

    const int appended = count_successes([&](int) {
        return run(stores_->audit().append({make_row(1, nobody)}, Awaited::yes)).has_value();
    });

    EXPECT_EQ(appended, 1);
    EXPECT_THAT(sequences(run(stores_->audit().read(1, 10))), ElementsAre(1));
}

TEST_P(AuditStoreTest, erases_the_personal_data_of_one_account_and_nothing_else) {
    const AccountId account = AccountId::make(random_);
    const AccountId other = AccountId::make(random_);
    std::vector<AuditRecord> rows = {
        make_row(1, account), make_row(2, other), make_row(3, account), make_row(4, account)
    };
    rows[3].event = "removed";
    ASSERT_TRUE(run(stores_->audit().append(rows, Awaited::yes)));

    EXPECT_EQ(run(stores_->audit().erase_personal(account, "removed")), 2U);

    const std::vector<AuditRecord> left = run(stores_->audit().read(1, 10)).value();
    ASSERT_EQ(left.size(), 4U);
    AuditRecord blank = rows[0];
    blank.personal.clear();
    expect_same(left[0], blank);
    expect_same(left[1], rows[1]);
    expect_same(left[3], rows[3]);
}

}  // namespace cardea::testing
