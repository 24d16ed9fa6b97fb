// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/duration_text.h"

#include <gtest/gtest.h>

#include <chrono>

namespace cardea {
namespace {

using namespace std::chrono_literals;

TEST(ParseDuration, reads_a_number_and_its_unit) {
    EXPECT_EQ(*parse_duration("30s"), 30s);
    EXPECT_EQ(*parse_duration("15m"), 15min);
    EXPECT_EQ(*parse_duration("12h"), 12h);
    EXPECT_EQ(*parse_duration("7d"), std::chrono::days(7));
    EXPECT_EQ(*parse_duration("3650d"), std::chrono::days(3650));
}

TEST(ParseDuration, refuses_everything_else) {
    for (const char* text :
         {"",
          "s",
          "0s",
          "30",
          "5/min",
          "-1h",
          "+1h",
          "1.5h",
          " 1h",
          "1h ",
          "1 h",
          "1H",
          "1w",
          "3651d",
          "18446744073709551615d",
          "99999999999999999999s"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(ToDurationText, writes_what_parse_duration_reads) {
    for (const char* text : {"1s", "90s", "15m", "36h", "7d"}) {
        EXPECT_EQ(to_duration_text(*parse_duration(text)), text);
    }
    EXPECT_EQ(to_duration_text(120s), "2m");
}

}  // namespace
}  // namespace cardea
