// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace cardea::ratelimit {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Limit read_one(std::string_view text) {
    const Result<std::vector<Limit>> limits = parse_limits(text);
    EXPECT_TRUE(limits && limits->size() == 1) << text;
    return limits ? limits->front() : Limit();
}

TEST(Limits, are_read_from_text) {
    EXPECT_EQ(read_one("5/minute"), (Limit{5, minutes(1)}));
    EXPECT_EQ(read_one("100 per day"), (Limit{100, days(1)}));
    EXPECT_EQ(read_one("10 per 2 hours"), (Limit{10, hours(2)}));
    EXPECT_EQ(read_one("10/3 hours"), (Limit{10, hours(3)}));
    EXPECT_EQ(read_one("1/30seconds"), (Limit{1, seconds(30)}));
    EXPECT_EQ(read_one("3/month"), (Limit{3, days(30)}));
    EXPECT_EQ(read_one("7/year"), (Limit{7, days(360)}));
    EXPECT_EQ(read_one("1000000 per 10 years"), (Limit{1'000'000, days(3600)}));
}

TEST(Limits, do_not_care_about_case_blanks_and_plurals) {
    for (const std::string_view text :
         {"5/minute",
          " 5 / minute",
          "5/MINUTE",
          "5/minutes",
          "5 PER 1 Minutes",
          "5per1minute",
          "\t5 per\n1  minute ",
          "005/minute"}) {
        EXPECT_EQ(read_one(text), (Limit{5, minutes(1)})) << text;
    }
}

TEST(Limits, are_joined_by_comma_semicolon_or_bar) {
    const Result<std::vector<Limit>> limits = parse_limits("1/second; 5/minute,100 per day|7/year");

    ASSERT_TRUE(limits);
    EXPECT_THAT(
        *limits,
        ElementsAre(Limit{1, seconds(1)}, Limit{5, minutes(1)}, Limit{100, days(1)}, Limit{7, days(360)})
    );
}

TEST(Limits, may_have_a_burst) {
    EXPECT_EQ(read_one("60/minute burst 20"), (Limit{60, minutes(1), 20}));
    EXPECT_EQ(read_one("6 per minute BURST 30"), (Limit{6, minutes(1), 30}));
}

TEST(Limits, may_be_zero_which_is_never) {
    EXPECT_EQ(read_one("0/minute"), (Limit{0, minutes(1)}));
}

TEST(Limits, that_are_not_understood_are_refused_with_a_sentence) {
    for (const std::string_view wrong :
         {"",
          " ",
          "5",
          "5/",
          "/minute",
          "5/min",
          "5/m",
          "5/1m",
          "10/1m burst 20",
          "5/fortnight",
          "5/minute;",
          ";5/minute",
          "5/minute;;6/hour",
          "5/minute 6/hour",
          "5/minutess",
          "-5/minute",
          "5.5/minute",
          "5/0 minutes",
          "5/1.5 minutes",
          "5//minute",
          "5/minute burst",
          "5/minute burst 0",
          "5/minute burst -1",
          "0/minute burst 1",
          "1000001/minute",
          "5/minute burst 1000001",
          "99999999999999999999/minute",
          "1/11 years",
          "1/day burst 1000000",
          "5/minute; 5 per 60 seconds"}) {
        const Result<std::vector<Limit>> limits = parse_limits(wrong);
        ASSERT_FALSE(limits) << wrong;
        EXPECT_EQ(limits.error().code, Errc::config);
        EXPECT_THAT(limits.error().context, HasSubstr("5/minute; 100 per day"));
    }
}

TEST(Limits, are_bounded_in_number_and_length) {
    EXPECT_TRUE(parse_limits("1/day,2/day,3/day,4/day,5/day,6/day,7/day,8/day"));
    EXPECT_FALSE(parse_limits("1/day,2/day,3/day,4/day,5/day,6/day,7/day,8/day,9/day"));
    EXPECT_FALSE(parse_limits("5/minute" + std::string(max_limit_bytes, ' ')));
}

TEST(Limits, are_written_as_limits_writes_them) {
    EXPECT_EQ(to_string(read_one("5/minute")), "5 per 1 minute");
    EXPECT_EQ(to_string(read_one("10/3 hours")), "10 per 3 hour");
    EXPECT_EQ(to_string(read_one("60 per 90 seconds burst 20")), "60 per 90 second burst 20");
    EXPECT_EQ(to_string(read_one("7/year")), "7 per 1 year");
}

RC_GTEST_PROP(LimitsProperty, read_back_what_they_write, ()) {
    const Limit limit{
        *rc::gen::inRange<std::uint32_t>(1, max_count),
        seconds(*rc::gen::inRange(1, 1'000'000)),
        *rc::gen::inRange<std::uint32_t>(0, 1000)
    };
    RC_PRE(is_valid(limit));

    RC_ASSERT(parse_limits(to_string(limit)).value() == std::vector{limit});
}

RC_GTEST_PROP(LimitsProperty, are_valid_or_refused, ()) {
    const Result<std::vector<Limit>> limits = parse_limits(*rc::gen::string<std::string>());
    if (limits) {
        RC_ASSERT(std::ranges::all_of(*limits, is_valid));
    }
}

}  // namespace
}  // namespace cardea::ratelimit
