// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/log.h"

#include "cardea/crypto/keyring.h"
#include "tests/support/run_task.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::audit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

/// As record() is awaited.
Task<Result<>> noted(AuditLog& log, Entry entry) {
    co_await log.note(std::move(entry));
    co_return Result<>();
}

class AuditLogTest : public ::testing::Test {
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

TEST_F(AuditLogTest, a_changed_field_shows) {
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

TEST_F(AuditLogTest, changed_personal_data_shows) {
    record(2);
    store.rows[1].personal = R"({"address":"198.51.100.1"})";

    EXPECT_EQ(first_break(), (Break{2, Damage::personal_changed}));
}

TEST_F(AuditLogTest, a_removed_row_shows) {
    record(5);
    store.rows.erase(store.rows.begin() + 1);

    EXPECT_EQ(first_break(), (Break{2, Damage::missing}));
}

TEST_F(AuditLogTest, a_removed_row_shows_even_when_the_others_are_renumbered) {
    record(5);
    store.rows.erase(store.rows.begin() + 1);
    for (std::size_t i = 1; i < store.rows.size(); ++i) {
        store.rows[i].sequence = static_cast<std::int64_t>(i) + 1;
    }

    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(AuditLogTest, rows_in_another_order_show) {
    record(5);
    std::swap(store.rows[1], store.rows[2]);
    std::swap(store.rows[1].sequence, store.rows[2].sequence);

    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(AuditLogTest, a_cut_shows_against_the_head_that_was_logged) {
    record(5);
    const Head head = testing::run(log.head()).value();
    store.rows.resize(3);

    EXPECT_EQ(first_break(), std::nullopt);
    EXPECT_EQ(first_break(head), (Break{4, Damage::truncated}));
}

TEST_F(AuditLogTest, a_log_written_anew_with_the_same_key_shows_against_the_head_that_was_logged) {
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

TEST_F(AuditLogTest, a_forged_row_without_the_key_shows) {
    record(1);
    const crypto::Keyring other = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    AuditLog forger(store, other, clock, random);
    ASSERT_TRUE(testing::run(forger.record(entry(Event::signed_out))));
    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));

    store.rows[1].key_id = keyring.newest();
    EXPECT_EQ(first_break(), (Break{2, Damage::changed}));
}

TEST_F(AuditLogTest, rows_of_a_secret_that_is_not_here_are_told_and_the_later_ones_checked) {
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

TEST_F(AuditLogTest, the_last_row_of_a_lost_secret_is_held_by_the_one_behind_it) {
    record(2);
    const crypto::Keyring newer = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    AuditLog rotated(store, newer, clock, random);
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_in))));
    store.rows[1].mac[0] ^= 1U;

    EXPECT_EQ(verify_with(newer).first_break, (Break{3, Damage::changed}));
}

TEST_F(AuditLogTest, a_removal_that_cannot_be_checked_covers_no_erasure) {
    const crypto::Keyring newer = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));
    store.rows[0].personal.clear();
    AuditLog rotated(store, newer, clock, random);
    ASSERT_TRUE(testing::run(rotated.record(entry(Event::signed_in))));

    EXPECT_EQ(verify_with(newer).first_break, std::nullopt);

    store.rows[1].personal.clear();
    EXPECT_EQ(verify_with(newer).first_break, (Break{2, Damage::personal_changed}));
}

TEST_F(AuditLogTest, verify_tells_the_head_of_what_it_read) {
    record(3);

    EXPECT_EQ(verify().head, testing::run(log.head()).value());
}

TEST_F(AuditLogTest, personal_data_that_is_gone_shows_unless_its_account_was_removed) {
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

TEST_F(AuditLogTest, personal_data_of_nobody_in_particular_is_never_gone) {
    Entry anonymous = entry(Event::signed_in, Errc::credentials_wrong);
    anonymous.account = AccountId();
    ASSERT_TRUE(testing::run(log.record(anonymous)));
    store.rows[0].personal.clear();

    EXPECT_EQ(first_break(), (Break{1, Damage::personal_changed}));
}

TEST_F(AuditLogTest, erased_personal_data_leaves_the_chain_whole) {
    record(3);
    ASSERT_TRUE(testing::run(log.record(entry(Event::account_removed))));

    EXPECT_EQ(testing::run(log.erase_personal(anna)).value(), 3U);

    EXPECT_THAT(store.rows[3].personal, HasSubstr("192.0.2.7"));
    EXPECT_THAT(store.rows[0].personal, Not(HasSubstr("192.0.2.7")));
    EXPECT_EQ(first_break(), std::nullopt);
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

TEST_F(AuditLogTest, appends_together_what_waits_together) {
    std::vector<Task<Result<>>> tasks;
    for (int i = 0; i < 100; ++i) {
        tasks.push_back(log.record(entry(Event::signed_in)));
    }

    for (const Result<>& recorded : testing::run_all(std::move(tasks))) {
        EXPECT_TRUE(recorded);
    }

    EXPECT_EQ(store.rows.size(), 100U);
    EXPECT_LE(store.appends, 2);
    EXPECT_EQ(first_break(), std::nullopt);
}

/// Records, and holds something that goes when the coroutine does.
Task<> record_holding(AuditLog& log, Entry entry, std::shared_ptr<int> held) {
    const Result<> recorded = co_await log.record(std::move(entry));
    *held = recorded ? 1 : 2;
}

TEST_F(AuditLogTest, records_for_those_whose_event_loop_is_gone_and_leaves_them_alone) {
    const auto ignore = [](const std::exception_ptr&) {};
    const auto staying = std::make_shared<int>(0);
    const auto going = std::make_shared<int>(0);
    boost::asio::io_context context(1);
    boost::asio::co_spawn(context, record_holding(log, entry(Event::signed_in), staying), ignore);
    context.run_one();  // from now on it appends on this loop, for everybody
    {
        boost::asio::io_context other(1);
        boost::asio::co_spawn(other, record_holding(log, entry(Event::signed_out), going), ignore);
        other.poll();
    }

    context.run();

    EXPECT_EQ(*staying, 1);
    EXPECT_EQ(*going, 0);
    EXPECT_EQ(going.use_count(), 2);  // it neither went on nor was destroyed
    EXPECT_EQ(store.rows.size(), 2U);
}

TEST_F(AuditLogTest, a_note_is_in_the_store_after_a_flush) {
    testing::run(log.note(entry(Event::signed_out)));

    ASSERT_TRUE(testing::run(log.flush()));

    EXPECT_EQ(store.rows.size(), 1U);
}

TEST_F(AuditLogTest, the_store_hears_whether_somebody_waits) {
    record(1);
    EXPECT_EQ(store.last_awaited, Awaited::yes);

    testing::run(log.note(entry(Event::signed_out)));

    EXPECT_EQ(store.rows.size(), 2U);
    EXPECT_EQ(store.last_awaited, Awaited::no);
}

TEST_F(AuditLogTest, a_flood_of_refusals_keeps_out_nothing_that_succeeded) {
    std::vector<Task<Result<>>> tasks;
    for (std::size_t i = 0; i < 2 * max_waiting_entries; ++i) {
        Entry refusal = entry(Event::signed_in, Errc::credentials_wrong);
        refusal.account = AccountId::make(random);  // each of somebody else: no limit but the queue's
        tasks.push_back(noted(log, std::move(refusal)));
    }
    for (int i = 0; i < 500; ++i) {
        tasks.push_back(noted(log, entry(Event::signed_in)));
        tasks.push_back(log.record(entry(Event::password_changed)));
    }

    for (const Result<>& recorded : testing::run_all(std::move(tasks))) {
        EXPECT_TRUE(recorded);
    }

    EXPECT_EQ(rows_of("session.issued", "success"), 500);
    EXPECT_EQ(rows_of("password.changed", "success"), 500);
    EXPECT_LT(rows_of("session.issued", "credentials_wrong"), max_waiting_entries);
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, a_flood_of_notes_keeps_out_no_record) {
    std::vector<Task<Result<>>> tasks;
    for (std::size_t i = 0; i < 2 * max_waiting_entries; ++i) {
        tasks.push_back(noted(log, entry(Event::signed_out)));
    }
    tasks.push_back(log.record(entry(Event::password_changed)));

    EXPECT_TRUE(testing::run_all(std::move(tasks)).back());
}

TEST_F(AuditLogTest, the_refusals_of_one_account_or_address_are_so_many_and_no_more) {
    Entry of_nobody = entry(Event::signed_in, Errc::credentials_wrong);
    of_nobody.account = AccountId();
    of_nobody.personal.client_address = "2001:db8:1:2::1";
    Entry of_a_neighbour = of_nobody;
    of_a_neighbour.personal.client_address = "2001:db8:1:2::2";  // in the same /64
    for (int i = 0; i < 100; ++i) {
        testing::run(log.note(entry(Event::api_key_issued, Errc::step_up_required)));
        testing::run(log.note(of_nobody));
        testing::run(log.note(of_a_neighbour));
    }

    EXPECT_EQ(rows_of("api_key.issued", "step_up_required"), noted_refusals.count);
    EXPECT_EQ(rows_of("session.issued", "credentials_wrong"), noted_refusals.count);

    clock.advance(noted_refusals.period);
    testing::run(log.note(of_nobody));
    EXPECT_EQ(rows_of("session.issued", "credentials_wrong"), noted_refusals.count + 1);
}

TEST_F(AuditLogTest, who_is_refused_one_thing_all_the_time_hides_nothing_else) {
    for (int i = 0; i < 100; ++i) {
        testing::run(log.note(entry(Event::api_key_issued, Errc::step_up_required)));
    }
    testing::run(log.note(entry(Event::signed_in, Errc::credentials_wrong)));

    EXPECT_EQ(rows_of("session.issued", "credentials_wrong"), 1);
}

TEST_F(AuditLogTest, what_was_dropped_is_told_once_a_minute_and_before_a_stop) {
    const auto refuse = [&](int count) {
        for (int i = 0; i < count; ++i) {
            testing::run(log.note(entry(Event::api_key_issued, Errc::step_up_required)));
        }
    };
    refuse(100);
    EXPECT_EQ(rows_of("audit.dropped", "success"), 1);  // the first of them at once
    EXPECT_EQ(log.dropped(), 40U);

    clock.advance(std::chrono::minutes(1));
    record(1);
    EXPECT_THAT(store.rows.back().personal, HasSubstr(R"("subject":"39")"));

    refuse(100);
    ASSERT_TRUE(testing::run(log.flush()));
    EXPECT_EQ(rows_of("audit.dropped", "success"), 3);
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, what_the_store_did_not_take_is_told_when_it_takes_rows_again) {
    store.refuse_with = Errc::store_unavailable;
    for (int i = 0; i < 3; ++i) {
        testing::run(log.note(entry(Event::signed_out)));
        clock.advance(std::chrono::minutes(1));
    }
    EXPECT_EQ(log.dropped(), 3U);

    store.refuse_with.reset();
    record(1);

    EXPECT_EQ(rows_of("audit.dropped", "success"), 1);
    EXPECT_THAT(store.rows.back().personal, HasSubstr(R"("subject":"3")"));
    EXPECT_EQ(first_break(), std::nullopt);
}

TEST_F(AuditLogTest, a_store_that_fails_fails_the_record_and_counts_the_note) {
    store.refuse_with = Errc::store_unavailable;

    EXPECT_EQ(testing::run(log.record(entry(Event::signed_in))).error().code, Errc::store_unavailable);
    testing::run(log.note(entry(Event::signed_in)));
    EXPECT_EQ(log.dropped(), 1U);

    store.refuse_with.reset();
    record(1);
    EXPECT_EQ(first_break(), std::nullopt);
}

}  // namespace
}  // namespace cardea::audit
