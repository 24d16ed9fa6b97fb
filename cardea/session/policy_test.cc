// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/policy.h"

#include <gtest/gtest.h>

namespace cardea::session {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Time start{Duration(1'700'000'000'000)};
constexpr Duration tick{1};

SessionRecord make_record() {
    SessionRecord record;
    record.created_at = record.last_seen_at = start;
    record.idle = hours(1);
    record.expires_at = start + hours(24);
    return record;
}

}  // namespace

TEST(SessionPolicy, gives_the_lifetimes_of_the_design_by_default) {
    const SessionPolicy policy;

    EXPECT_EQ(policy.lifetime(Persistence::browser_session), (Lifetime{hours(1), hours(24)}));
    EXPECT_EQ(policy.lifetime(Persistence::persistent), (Lifetime{hours(7 * 24), hours(30 * 24)}));
}

TEST(SessionPolicy, has_the_presets_of_sp_800_63b_4) {
    EXPECT_EQ(find_policy_preset("default").value(), SessionPolicy());
    EXPECT_EQ(find_policy_preset("aal1").value().persistent.absolute, hours(30 * 24));
    for (const Persistence persistence : {Persistence::browser_session, Persistence::persistent}) {
        EXPECT_EQ(find_policy_preset("aal2").value().lifetime(persistence), (Lifetime{hours(1), hours(24)}));
        EXPECT_EQ(
            find_policy_preset("aal3").value().lifetime(persistence), (Lifetime{minutes(15), hours(12)})
        );
    }
}

TEST(SessionPolicy, refuses_an_unknown_preset) {
    const Result<SessionPolicy> policy = find_policy_preset("aal4");

    ASSERT_FALSE(policy);
    EXPECT_EQ(policy.error().code, Errc::invalid);
}

TEST(SessionPolicy, is_checked_for_lifetimes_that_make_no_sense) {
    SessionPolicy no_idle;
    no_idle.browser_session.idle = Duration(0);
    SessionPolicy idle_beyond_end;
    idle_beyond_end.persistent.idle = idle_beyond_end.persistent.absolute + tick;

    EXPECT_TRUE(check_policy(SessionPolicy()));
    EXPECT_FALSE(check_policy(no_idle));
    EXPECT_FALSE(check_policy(idle_beyond_end));
}

TEST(SessionDecision, asvs5_7_3_1_ends_at_the_idle_limit) {
    const SessionRecord record = make_record();

    EXPECT_EQ(decide(record, start + hours(1) - tick), Liveness::live);
    EXPECT_EQ(decide(record, start + hours(1)), Liveness::idle_expired);
    EXPECT_EQ(decide(record, start + minutes(90), start + hours(2)), Liveness::live);
}

TEST(SessionDecision, asvs5_7_3_2_ends_at_the_absolute_limit_however_busy) {
    const SessionRecord record = make_record();
    const Time end = start + hours(24);

    EXPECT_EQ(decide(record, end - tick, end - tick), Liveness::live);
    EXPECT_EQ(decide(record, end - tick, end), Liveness::absolute_expired);
    EXPECT_EQ(decide(record, end + hours(1), end + hours(1)), Liveness::absolute_expired);
}

TEST(SessionDecision, is_live_when_the_clock_goes_back_a_little) {
    EXPECT_EQ(decide(make_record(), start - clock_tolerance), Liveness::live);
}

TEST(SessionDecision, ends_when_the_clock_was_ahead_and_nobody_knows_how_old_it_is) {
    const SessionRecord record = make_record();
    const Time seen = start + hours(2);

    EXPECT_EQ(decide(record, start - clock_tolerance - tick), Liveness::absolute_expired);
    EXPECT_EQ(decide(record, seen, seen - clock_tolerance), Liveness::live);
    EXPECT_EQ(decide(record, seen, seen - clock_tolerance - tick), Liveness::idle_expired);
}

TEST(SessionDecision, says_when_the_session_ends_unused) {
    const SessionRecord record = make_record();

    EXPECT_EQ(ends_at(record, start), start + hours(1));
    EXPECT_EQ(ends_at(record, start + minutes(1430)), start + hours(24));
}

}  // namespace cardea::session
