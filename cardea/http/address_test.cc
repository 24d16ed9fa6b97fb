// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/address.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(Address, has_one_text) {
    struct Case {
        std::string_view text;
        std::string_view canonical;
    };
    for (const auto& [text, canonical] :
         {Case{"192.0.2.1", "192.0.2.1"},
          Case{"::ffff:192.0.2.1", "192.0.2.1"},
          Case{"::FFFF:C000:0201", "192.0.2.1"},
          Case{"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
          Case{"::1", "::1"},
          Case{"::", "::"}}) {
        const Result<Address> address = parse_address(text);
        ASSERT_TRUE(address) << text;
        EXPECT_EQ(address->to_string(), canonical);
        EXPECT_EQ(*parse_address(canonical), *address);
    }
}

TEST(Address, refuses_other_spellings) {
    for (const std::string_view wrong :
         {""sv,
          "1.2.3"sv,
          "1.2.3.4.5"sv,
          "01.2.3.4"sv,
          "1.2.3.256"sv,
          "0x7f.0.0.1"sv,
          "2130706433"sv,
          " 1.2.3.4"sv,
          "1.2.3.4 "sv,
          "1.2.3.4:80"sv,
          "[::1]"sv,
          "::1%eth0"sv,
          ":::"sv,
          "1:2:3:4:5:6:7"sv,
          "g::"sv,
          "1.2.3.4\0"sv,
          "::1\0x"sv,
          "1:2:3:4:5:6:7:8:9"sv,
          "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000"sv}) {
        const Result<Address> address = parse_address(wrong);
        ASSERT_FALSE(address) << wrong;
        EXPECT_EQ(address.error().code, Errc::malformed) << wrong;
    }
}

TEST(Address, limits_count_ipv6_by_64) {
    EXPECT_EQ(parse_address("2001:db8:1:2:3:4:5:6")->limit_key(), "2001:db8:1:2::/64");
    EXPECT_EQ(parse_address("2001:db8:1:2:3:4:5:6")->limit_key(48), "2001:db8:1::/48");
    EXPECT_EQ(parse_address("2001:db8::1")->limit_key(128), "2001:db8::1/128");
    EXPECT_EQ(parse_address("192.0.2.1")->limit_key(8), "192.0.2.1");
    EXPECT_EQ(parse_address("2001:db8:1:2::1")->limit_key(), "2001:db8:1:2::/64");
    EXPECT_EQ(parse_address("::ffff:192.0.2.1")->limit_key(), "192.0.2.1");
}

TEST(Address, of_a_client_that_is_none_counts_as_it_is_written) {
    EXPECT_EQ(limit_key("2001:db8:1:2::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(limit_key("unix:"), "unix:");
    EXPECT_EQ(limit_key(""), "");
}

TEST(Address, knows_loopback) {
    EXPECT_TRUE(parse_address("127.1.2.3")->is_loopback());
    EXPECT_TRUE(parse_address("::1")->is_loopback());
    EXPECT_TRUE(parse_address("::ffff:127.0.0.1")->is_loopback());
    EXPECT_FALSE(parse_address("128.0.0.1")->is_loopback());
    EXPECT_FALSE(parse_address("::2")->is_loopback());
}

TEST(Network, contains_its_addresses_only) {
    struct Case {
        std::string_view network;
        std::string_view address;
        bool is_inside;
    };
    for (const auto& [network, address, is_inside] :
         {Case{"10.0.0.0/8", "10.255.0.1", true},
          Case{"10.0.0.0/8", "11.0.0.0", false},
          Case{"10.0.0.0/8", "::ffff:10.1.1.1", true},
          Case{"192.0.2.4/30", "192.0.2.7", true},
          Case{"192.0.2.4/30", "192.0.2.8", false},
          Case{"192.0.2.1", "192.0.2.1", true},
          Case{"192.0.2.1", "192.0.2.2", false},
          Case{"0.0.0.0/0", "8.8.8.8", true},
          Case{"0.0.0.0/0", "::1", false},
          Case{"::/0", "2001:db8::1", true},
          Case{"::/0", "8.8.8.8", false},
          Case{"2001:db8::/33", "2001:db8:7fff::1", true},
          Case{"2001:db8::/33", "2001:db8:8000::1", false},
          Case{"::ffff:10.0.0.0/104", "10.9.9.9", true},
          Case{"::1/128", "::1", true}}) {
        const Result<Network> parsed = parse_network(network);
        ASSERT_TRUE(parsed) << network;
        EXPECT_EQ(parsed->contains(*parse_address(address)), is_inside) << network << " " << address;
    }
}

TEST(Network, has_the_prefix_length_of_its_family) {
    EXPECT_EQ(parse_network("10.0.0.0/8")->prefix_length(), 8U);
    EXPECT_EQ(parse_network("::ffff:10.0.0.0/104")->prefix_length(), 8U);
    EXPECT_EQ(parse_network("::ffff:0:0/96")->prefix_length(), 0U);
    EXPECT_EQ(parse_network("192.0.2.1")->prefix_length(), 32U);
    EXPECT_EQ(parse_network("2001:db8::/33")->prefix_length(), 33U);
    EXPECT_EQ(parse_network("::1")->prefix_length(), 128U);
}

TEST(Network, refuses_a_wrong_prefix) {
    for (const std::string_view wrong :
         {"10.0.0.0/33",
          "10.0.0.0/",
          "10.0.0.0/08",
          "10.0.0.0/-1",
          "::/129",
          "10/8",
          "10.0.0.0/8/8",
          "10.0.0.0/8 ",
          "/8",
          ""}) {
        EXPECT_EQ(parse_network(wrong).error().code, Errc::malformed) << wrong;
    }
    EXPECT_EQ(parse_network("10.0.0.1/8").error().code, Errc::invalid);
    EXPECT_EQ(parse_network("::1/64").error().code, Errc::invalid);
}

}  // namespace
}  // namespace cardea::http
