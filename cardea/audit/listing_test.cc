// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/listing.h"

#include "cardea/base/random.h"
#include "tests/support/run_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::audit {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::int64_t many = 1200;

Time at_second(std::int64_t second) {
    return Time(std::chrono::seconds(second));
}

/// A log in which row n was written at second n: every third a sign-out, every hundredth Anna's.
class LongLog final : public AuditStore {
 public:
    Task<Result<>> append(std::vector<AuditRecord>, Awaited) override { co_return fail(Errc::internal); }
    Task<Result<std::size_t>> erase_personal(AccountId, std::string) override {
        co_return fail(Errc::internal);
    }
    Task<Result<std::optional<AuditRecord>>> head() override {
        co_return length == 0 ? std::optional<AuditRecord>() : row(length);
    }
    Task<Result<std::vector<AuditRecord>>> read(std::int64_t first, std::size_t limit) override {
        ++reads;
        std::vector<AuditRecord> rows;
        for (std::int64_t n = first; n <= length && rows.size() < limit; ++n) {
            rows.push_back(row(n));
        }
        co_return rows;
    }

    [[nodiscard]] AuditRecord row(std::int64_t n) const {
        AuditRecord made;
        made.sequence = n;
        made.at = at_second(n);
        made.event = n % 3 == 0 ? "session.ended" : "session.issued";
        made.account = n % 100 == 0 ? anna : AccountId();
        return made;
    }

    FakeRandom random;
    AccountId anna = AccountId::make(random);
    std::int64_t length = many;
    int reads = 0;
};

class AuditListing : public ::testing::Test {
 protected:
    std::vector<std::int64_t> listed(Choice choice) {
        std::vector<std::int64_t> numbers;
        const Result<std::vector<AuditRecord>> rows = testing::run(list(log_, std::move(choice)));
        for (const AuditRecord& row : rows.value()) {
            numbers.push_back(row.sequence);
        }
        return numbers;
    }

    LongLog log_;
};

TEST_F(AuditListing, gives_the_newest_rows_with_the_newest_last) {
    EXPECT_THAT(listed({.limit = 3}), ElementsAre(many - 2, many - 1, many));
    EXPECT_EQ(log_.reads, 1);
}

TEST_F(AuditListing, goes_on_in_front_of_what_was_given) {
    EXPECT_THAT(listed({.before = 4, .limit = 2}), ElementsAre(2, 3));
    EXPECT_THAT(listed({.before = 2, .limit = 2}), ElementsAre(1));
    EXPECT_THAT(listed({.before = 1}), IsEmpty());
}

TEST_F(AuditListing, looks_through_the_whole_log_for_an_account) {
    EXPECT_THAT(listed({.account = log_.anna, .before = 301}), ElementsAre(100, 200, 300));
    EXPECT_EQ(listed({.account = log_.anna}).size(), 12U);
}

TEST_F(AuditListing, chooses_by_event_and_account_together) {
    EXPECT_THAT(listed({.account = log_.anna, .event = "session.ended"}), ElementsAre(300, 600, 900, 1200));
    EXPECT_THAT(listed({.event = "password.changed"}), IsEmpty());
}

TEST_F(AuditListing, reads_no_further_back_than_the_time_it_was_given) {
    EXPECT_THAT(listed({.since = at_second(many - 1)}), ElementsAre(many - 1, many));
    EXPECT_EQ(log_.reads, 1);
}

TEST_F(AuditListing, of_an_empty_log_is_empty) {
    log_.length = 0;

    EXPECT_THAT(listed({}), IsEmpty());
}

TEST(AuditPersonal, is_read_until_it_is_erased) {
    AuditRecord row;
    row.personal =
        R"({"address":"192.0.2.7","subject":"42","issuer":"https://id.example","session":"s","salt":"00"})";
    EXPECT_EQ(personal_of(row).client_address, "192.0.2.7");
    EXPECT_EQ(personal_of(row).subject, "42");
    EXPECT_EQ(personal_of(row).issuer, "https://id.example");
    EXPECT_EQ(personal_of(row).session, "s");
    EXPECT_EQ(personal_of(row).actor, "");

    row.personal = R"({"address":"192.0.2.7","salt":"00"})";  // before rows said which session
    EXPECT_EQ(personal_of(row).session, "");

    row.personal.clear();
    EXPECT_EQ(personal_of(row).client_address, "");
}

TEST(AuditEvents, all_have_a_name) {
    EXPECT_THAT(event_names(), Contains("session.issued"));
    EXPECT_THAT(event_names(), Contains("email.verified"));
    EXPECT_THAT(event_names(), Not(Contains("unknown")));
}

}  // namespace
}  // namespace cardea::audit
