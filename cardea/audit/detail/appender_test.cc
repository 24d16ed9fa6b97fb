// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/appender.h"

#include "tests/support/audit_log_fixture.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace cardea::audit {
namespace {

using ::testing::HasSubstr;

/// As record() is awaited.
Task<Result<>> noted(AuditLog& log, Entry entry) {
    co_await log.note(std::move(entry));
    co_return Result<>();
}

class AppenderTest : public AuditLogFixture {};

TEST_F(AppenderTest, appends_together_what_waits_together) {
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

TEST_F(AppenderTest, records_for_those_whose_event_loop_is_gone_and_leaves_them_alone) {
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

TEST_F(AppenderTest, a_note_is_in_the_store_after_a_flush) {
    testing::run(log.note(entry(Event::signed_out)));

    ASSERT_TRUE(testing::run(log.flush()));

    EXPECT_EQ(store.rows.size(), 1U);
}

TEST_F(AppenderTest, the_store_hears_whether_somebody_waits) {
    record(1);
    EXPECT_EQ(store.last_awaited, Awaited::yes);

    testing::run(log.note(entry(Event::signed_out)));

    EXPECT_EQ(store.rows.size(), 2U);
    EXPECT_EQ(store.last_awaited, Awaited::no);
}

TEST_F(AppenderTest, a_flood_of_refusals_keeps_out_nothing_that_succeeded) {
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

TEST_F(AppenderTest, a_flood_of_notes_keeps_out_no_record) {
    std::vector<Task<Result<>>> tasks;
    for (std::size_t i = 0; i < 2 * max_waiting_entries; ++i) {
        tasks.push_back(noted(log, entry(Event::signed_out)));
    }
    tasks.push_back(log.record(entry(Event::password_changed)));

    EXPECT_TRUE(testing::run_all(std::move(tasks)).back());
}

TEST_F(AppenderTest, the_refusals_of_one_account_or_address_are_so_many_and_no_more) {
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

TEST_F(AppenderTest, strangers_with_many_addresses_fill_no_disk) {
    Entry closed = entry(Event::registered, Errc::forbidden);
    Entry limited = entry(Event::signed_in, Errc::rate_limited);
    Entry tried = entry(Event::signed_in, Errc::credentials_wrong);
    for (int i = 0; i < 1000; ++i) {
        for (Entry* stranger : {&closed, &limited, &tried}) {
            stranger->account = AccountId();
            stranger->personal.client_address = fmt::format("2001:db8:1:{:x}::1", i);
            testing::run(log.note(*stranger));
        }
        EXPECT_TRUE(testing::run(log.flush()));
    }

    EXPECT_EQ(rows_of("account.registered", "forbidden"), noted_refusals_of_strangers.count);
    EXPECT_EQ(rows_of("session.issued", "rate_limited"), noted_refusals_of_strangers.count);
    EXPECT_EQ(rows_of("session.issued", "credentials_wrong"), 1000);
    EXPECT_TRUE(testing::run(log.note(entry(Event::signed_in, Errc::rate_limited))));
}

TEST_F(AppenderTest, who_is_refused_one_thing_all_the_time_hides_nothing_else) {
    for (int i = 0; i < 100; ++i) {
        testing::run(log.note(entry(Event::api_key_issued, Errc::step_up_required)));
    }
    testing::run(log.note(entry(Event::signed_in, Errc::credentials_wrong)));

    EXPECT_EQ(rows_of("session.issued", "credentials_wrong"), 1);
}

TEST_F(AppenderTest, what_was_dropped_is_told_once_a_minute_and_before_a_stop) {
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

TEST_F(AppenderTest, what_the_store_did_not_take_is_told_when_it_takes_rows_again) {
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

TEST_F(AppenderTest, a_store_that_fails_fails_the_record_and_counts_the_note) {
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
