// SPDX-License-Identifier: Apache-2.0
#include "server/config/values.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::server {
namespace {

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
