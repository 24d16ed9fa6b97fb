// SPDX-License-Identifier: Apache-2.0
#include "server/config/values.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>

namespace cardea::server {
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

TEST(ParseEndpoint, reads_both_families) {
    EXPECT_EQ(parse_endpoint("127.0.0.1:8080")->port, 8080);
    EXPECT_TRUE(parse_endpoint("[::1]:8080")->address.is_loopback());
    EXPECT_FALSE(parse_endpoint("0.0.0.0:80")->address.is_loopback());
    EXPECT_FALSE(parse_endpoint("[::]:80")->address.is_loopback());
    EXPECT_EQ(parse_endpoint("127.0.0.1:0")->port, 0);
}

TEST(ParseEndpoint, refuses_what_is_no_address_and_port) {
    for (const char* text :
         {"",
          ":",
          "8080",
          ":8080",
          "localhost:8080",
          "127.0.0.1",
          "127.0.0.1:",
          "127.0.0.1:65536",
          "127.0.0.1:-1",
          "127.0.0.1: 80",
          "[127.0.0.1]:80",
          "::1:8080",
          "[::1]",
          "[::1]8080",
          "256.0.0.1:80"}) {
        EXPECT_FALSE(parse_endpoint(text)) << text;
    }
}

TEST(ParseCount, keeps_its_bounds) {
    EXPECT_EQ(*parse_count("1", 1, 10), 1U);
    EXPECT_EQ(*parse_count("10", 1, 10), 10U);
    EXPECT_FALSE(parse_count("0", 1, 10));
    EXPECT_FALSE(parse_count("11", 1, 10));
    EXPECT_FALSE(parse_count("", 0, 10));
    EXPECT_FALSE(parse_count("1x", 1, 10));
}

TEST(ParseSwitch, reads_two_words) {
    EXPECT_TRUE(*parse_switch("true"));
    EXPECT_FALSE(*parse_switch("false"));
    EXPECT_FALSE(parse_switch("yes"));
    EXPECT_FALSE(parse_switch("1"));
}

}  // namespace
}  // namespace cardea::server
