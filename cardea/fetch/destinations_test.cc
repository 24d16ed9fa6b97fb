// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/destinations.h"

#include <gtest/gtest.h>

namespace cardea::fetch {
namespace {

http::Address address(std::string_view text) {
    return http::parse_address(text).value();
}

Destinations allowing(std::initializer_list<std::string_view> networks) {
    std::vector<http::Network> parsed;
    for (const std::string_view network : networks) {
        parsed.push_back(http::parse_network(network).value());
    }
    return Destinations(std::move(parsed));
}

std::optional<Errc> refusal(const Destinations& destinations, std::string_view url) {
    const Result<> checked = destinations.check(http::parse_url(url).value());
    return checked ? std::nullopt : std::optional(checked.error().code);
}

TEST(Destinations, are_the_public_internet) {
    for (const std::string_view text : {
             "1.1.1.1",
             "8.8.8.8",
             "9.255.255.255",
             "11.0.0.0",
             "100.63.255.255",
             "100.128.0.0",
             "172.15.255.255",
             "172.32.0.0",
             "192.0.1.0",
             "223.255.255.255",
             "2606:4700::6810:84e5",
             "2a00:1450:4001:82a::200e",
             "2001:200::1",
             "3ffe::1",
         }) {
        EXPECT_TRUE(is_public(address(text))) << text;
    }
}

TEST(Destinations, asvs5_13_2_5_are_no_addresses_of_inner_networks) {
    for (const std::string_view text : {
             "0.0.0.0",
             "10.0.0.1",
             "10.255.255.255",
             "100.64.0.1",
             "100.127.255.255",
             "127.0.0.1",
             "127.255.255.255",
             "169.254.169.254",
             "172.16.0.1",
             "172.31.255.255",
             "192.0.0.8",
             "192.0.2.1",
             "192.88.99.1",
             "192.168.1.1",
             "198.18.0.1",
             "198.19.255.255",
             "198.51.100.7",
             "203.0.113.9",
             "224.0.0.1",
             "239.255.255.255",
             "240.0.0.1",
             "255.255.255.255",
             "::",
             "::1",
             "fc00::1",
             "fd12:3456::1",
             "fe80::1",
             "fec0::1",
             "ff02::1",
             "2001:db8::1",
             "3fff::1",
             "100::1",
             "2001::1",
             "2001:20::1",
             "5f00::1",
         }) {
        EXPECT_FALSE(is_public(address(text))) << text;
    }
}

TEST(Destinations, look_through_addresses_that_stand_for_another_one) {
    EXPECT_FALSE(is_public(address("::ffff:127.0.0.1")));
    EXPECT_FALSE(is_public(address("::127.0.0.1")));
    EXPECT_FALSE(is_public(address("64:ff9b::10.0.0.1")));
    EXPECT_FALSE(is_public(address("64:ff9b::a9fe:a9fe")));
    EXPECT_FALSE(is_public(address("64:ff9b:1::8.8.8.8")));
    EXPECT_FALSE(is_public(address("2002:7f00:1::")));
    EXPECT_FALSE(is_public(address("2002:c0a8:101::1")));
    EXPECT_TRUE(is_public(address("::ffff:8.8.8.8")));
    EXPECT_TRUE(is_public(address("64:ff9b::8.8.8.8")));
    EXPECT_TRUE(is_public(address("2002:808:808::1")));
}

TEST(Destinations, are_further_networks_that_a_setting_names) {
    const Destinations destinations = allowing({"10.20.0.0/16", "fd00:1::/32"});

    EXPECT_TRUE(destinations.allow(address("10.20.3.4")));
    EXPECT_TRUE(destinations.allow(address("::ffff:10.20.3.4")));
    EXPECT_TRUE(destinations.allow(address("fd00:1::5")));
    EXPECT_TRUE(destinations.allow(address("8.8.8.8")));
    EXPECT_FALSE(destinations.allow(address("10.21.0.1")));
    EXPECT_FALSE(destinations.allow(address("127.0.0.1")));
}

TEST(Destinations, are_reached_over_https) {
    const Destinations destinations = allowing({"127.0.0.0/8", "10.0.0.0/8"});

    EXPECT_EQ(refusal(destinations, "https://id.example/"), std::nullopt);
    EXPECT_EQ(refusal(destinations, "https://10.1.2.3/"), std::nullopt);
    EXPECT_EQ(refusal(destinations, "http://localhost/"), std::nullopt);
    EXPECT_EQ(refusal(destinations, "http://127.0.0.1/"), std::nullopt);
    EXPECT_EQ(refusal(destinations, "http://id.example/"), Errc::destination_refused);
    EXPECT_EQ(refusal(destinations, "http://10.1.2.3/"), Errc::destination_refused);
}

TEST(Destinations, that_are_addresses_are_refused_before_anything_is_sent) {
    const Destinations destinations;

    EXPECT_EQ(refusal(destinations, "https://127.0.0.1/"), Errc::destination_refused);
    EXPECT_EQ(refusal(destinations, "https://[::1]/"), Errc::destination_refused);
    EXPECT_EQ(refusal(destinations, "https://[fd00::1]/"), Errc::destination_refused);
    EXPECT_EQ(refusal(destinations, "https://1.1.1.1/"), std::nullopt);
    EXPECT_EQ(refusal(destinations, "https://[2606:4700::1]/"), std::nullopt);
}

}  // namespace
}  // namespace cardea::fetch
