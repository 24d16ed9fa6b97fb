// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/proxy.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

/// The client's address as text behind proxies in 10.0.0.0/8 and fd00::/8, or "refused".
std::string resolve(std::string_view peer, std::string header, const std::vector<Header>& headers) {
    ProxyPolicy policy{.header = std::move(header), .trust = {}};
    policy.trust = {*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
    const Result<Address> address = find_client_address(*parse_address(peer), headers, policy);
    return address ? address->to_string() : "refused";
}

TEST(Proxy, nobody_is_believed_by_default) {
    const std::vector<Header> headers = {{"X-Forwarded-For", "1.2.3.4"}, {"Forwarded", "for=1.2.3.4"}};

    EXPECT_EQ(find_client_address(*parse_address("192.0.2.1"), headers, {})->to_string(), "192.0.2.1");
}

TEST(Proxy, a_stranger_cannot_name_an_address) {
    EXPECT_EQ(resolve("192.0.2.1", "X-Forwarded-For", {{"X-Forwarded-For", "1.2.3.4"}}), "192.0.2.1");
    EXPECT_EQ(resolve("192.0.2.1", "X-Forwarded-For", {{"X-Forwarded-For", "garbage"}}), "192.0.2.1");
}

TEST(Proxy, the_right_most_untrusted_address_counts) {
    struct Case {
        std::string_view value;
        std::string_view client;
    };
    for (const auto& [value, client] :
         {Case{"1.2.3.4", "1.2.3.4"},
          Case{"6.6.6.6, 1.2.3.4", "1.2.3.4"},
          Case{"6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"},
          Case{"garbage, 1.2.3.4", "1.2.3.4"},
          Case{"::ffff:1.2.3.4", "1.2.3.4"},
          Case{"1.2.3.4:5678", "1.2.3.4"},
          Case{"[2001:db8::1]:5678", "2001:db8::1"},
          Case{"[2001:db8::1]", "2001:db8::1"},
          Case{"2001:DB8::1", "2001:db8::1"},
          Case{"10.0.0.3, 10.0.0.2", "10.0.0.3"},
          Case{"1.2.3.4, fd00::1", "1.2.3.4"},
          Case{"1.2.3.4, ::ffff:10.0.0.9", "1.2.3.4"},
          Case{"", "10.0.0.1"}}) {
        EXPECT_EQ(resolve("10.0.0.1", "x-forwarded-for", {{"X-Forwarded-For", value}}), client) << value;
    }
}

TEST(Proxy, garbage_where_an_address_must_stand_is_refused) {
    for (const std::string_view value :
         {"unknown",
          "1.2.3.4, unknown",
          "1.2.3.4,",
          "1.2.3.4 5.6.7.8",
          "_hidden",
          "1.2.3.4:x",
          "[1.2.3.4]",
          "[::1",
          "[::1]x",
          "::1:",
          "1.2.3.4, , 10.0.0.2",
          "localhost",
          "\"1.2.3.4\""}) {
        const std::string client = resolve("10.0.0.1", "X-Forwarded-For", {{"X-Forwarded-For", value}});
        EXPECT_EQ(client, value == std::string_view("1.2.3.4,") ? "1.2.3.4" : "refused") << value;
    }
}

TEST(Proxy, several_lines_are_one_list) {
    EXPECT_EQ(
        resolve(
            "10.0.0.1", "X-Forwarded-For", {{"X-Forwarded-For", "6.6.6.6"}, {"x-forwarded-for", "1.2.3.4"}}
        ),
        "1.2.3.4"
    );
}

TEST(Proxy, only_the_configured_header_counts) {
    const std::vector<Header> headers = {{"X-Forwarded-For", "6.6.6.6"}, {"X-Real-IP", "1.2.3.4"}};

    EXPECT_EQ(resolve("10.0.0.1", "X-Real-IP", headers), "1.2.3.4");
    EXPECT_EQ(resolve("10.0.0.1", "Forwarded", headers), "10.0.0.1");
}

TEST(Proxy, reads_forwarded) {
    struct Case {
        std::string_view value;
        std::string_view client;
    };
    for (const auto& [value, client] :
         {Case{"for=1.2.3.4", "1.2.3.4"},
          Case{"For=\"[2001:db8::1]:80\";proto=https", "2001:db8::1"},
          Case{"for=6.6.6.6, for=1.2.3.4;by=10.0.0.1, for=10.0.0.2", "1.2.3.4"},
          Case{"proto=http; for=1.2.3.4", "1.2.3.4"},
          Case{"for=1.2.3.4;host=\"a, for=6.6.6.6\"", "1.2.3.4"},
          Case{"for=unknown, for=1.2.3.4", "1.2.3.4"},
          Case{"for=1.2.3.4:80", "refused"},
          Case{"for=unknown", "refused"},
          Case{"for=_a", "refused"},
          Case{"proto=http", "refused"},
          Case{"for=1.2.3.4;for=6.6.6.6", "refused"},
          Case{"for=\"1.2.3.4", "refused"},
          Case{"for=1.2.3.4;host=\"a\\\", for=6.6.6.6\"", "refused"},
          Case{"1.2.3.4", "refused"},
          Case{"for=1.2.3.4 for=1.2.3.4", "refused"},
          Case{"for=", "refused"},
          Case{"for=1.2.3.4;", "refused"}}) {
        EXPECT_EQ(resolve("10.0.0.1", "Forwarded", {{"Forwarded", value}}), client) << value;
    }
}

TEST(Proxy, the_list_has_a_limit) {
    std::string list = "1.2.3.4";
    for (int i = 0; i < 31; ++i) {
        list.insert(0, "6.6.6.6, ");
    }
    EXPECT_EQ(resolve("10.0.0.1", "X-Forwarded-For", {{"X-Forwarded-For", list}}), "1.2.3.4");
    list.insert(0, "6.6.6.6, ");
    EXPECT_EQ(resolve("10.0.0.1", "X-Forwarded-For", {{"X-Forwarded-For", list}}), "refused");
}

}  // namespace
}  // namespace cardea::http
