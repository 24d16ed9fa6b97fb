// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/time_text.h"

#include <gtest/gtest.h>

namespace cardea {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

constexpr Time some_time = sys_days(year(2026) / 11 / 21) + std::chrono::hours(10) +
                           std::chrono::minutes(36) + std::chrono::seconds(33) + Duration(250);

TEST(TimeText, writes_rfc3339) {
    EXPECT_EQ(to_rfc3339(some_time), "2026-11-21T10:36:33.250Z");
    EXPECT_EQ(to_rfc3339(Time()), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(Time(Duration(-1))), "1969-12-31T23:59:59.999Z");
}

TEST(TimeText, stays_within_four_digit_years) {
    EXPECT_EQ(to_rfc3339(Time::min()), "0000-01-01T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(Time::max()), "9999-12-31T23:59:59.999Z");
    EXPECT_EQ(to_http_date(Time::max()), "Fri, 31 Dec 9999 23:59:59 GMT");
}

TEST(TimeText, reads_what_it_writes) {
    EXPECT_EQ(parse_rfc3339(to_rfc3339(some_time)).value(), some_time);
}

// RFC 3339 section 5.8.
TEST(TimeText, reads_the_examples_of_the_rfc) {
    EXPECT_EQ(parse_rfc3339("1985-04-12T23:20:50.52Z").value(), Time(Duration(482196050520)));
    EXPECT_EQ(parse_rfc3339("1996-12-19T16:39:57-08:00").value(), Time(Duration(851042397000)));
    EXPECT_EQ(
        parse_rfc3339("1937-01-01T12:00:27.87+00:20").value(),
        parse_rfc3339("1937-01-01T11:40:27.870Z").value()
    );
    EXPECT_EQ(parse_rfc3339("2026-11-21t10:36:33.2509999z").value(), some_time);
    EXPECT_EQ(to_rfc3339(parse_rfc3339("2024-02-29T00:00:00Z").value()), "2024-02-29T00:00:00.000Z");
}

TEST(TimeText, refuses_what_is_no_time) {
    for (const std::string_view wrong :
         {"",
          "2026-11-21",
          "2026-11-21T10:36:33",
          "2026-11-21 10:36:33Z",
          "2026-11-21T10:36:33.Z",
          "2026-11-21T10:36:33Z ",
          "2026-11-21T10:36:60Z",
          "2026-11-21T24:00:00Z",
          "2026-11-21T10:60:00Z",
          "2026-02-29T00:00:00Z",
          "2026-13-01T00:00:00Z",
          "2026-00-01T00:00:00Z",
          "2026-11-21T10:36:33+0100",
          "2026-11-21T10:36:33+24:00",
          "+026-11-21T10:36:33Z",
          "2026-11-21T1:36:33Z"}) {
        EXPECT_FALSE(parse_rfc3339(wrong)) << wrong;
    }
}

// RFC 9110 section 5.6.7.
TEST(TimeText, writes_http_dates) {
    EXPECT_EQ(to_http_date(Time(std::chrono::seconds(784111777))), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace cardea
