// SPDX-License-Identifier: Apache-2.0
#include "server/config/warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Config at(const char* public_url) {
    Config config;
    config.public_url = http::parse_url(public_url).value();
    return config;
}

Config behind_a_proxy() {
    Config config = at("https://id.example.com");
    config.proxy = {.header = "X-Forwarded-For", .trust = {http::parse_network("127.0.0.1").value()}};
    return config;
}

TEST(Warnings, are_none_by_default_and_behind_a_proxy_that_is_named) {
    EXPECT_THAT(find_warnings(Config()), IsEmpty());
    EXPECT_THAT(find_warnings(behind_a_proxy()), IsEmpty());
}

TEST(Warnings, say_that_a_proxy_hides_everybody_behind_one_address) {
    EXPECT_THAT(find_warnings(at("https://id.example.com")), ElementsAre(StartsWith("proxy.trust: ")));
}

TEST(Warnings, say_that_passwords_go_by_plain_http) {
    Config config;
    config.listen = {"127.0.0.1:8080", "0.0.0.0:8080"};

    EXPECT_THAT(
        find_warnings(config), ElementsAre(HasSubstr("listen: other machines reach 0.0.0.0:8080 by plain"))
    );
}

TEST(Warnings, say_who_reads_the_metrics) {
    Config config;
    config.admin_listen = "[::]:9090";
    EXPECT_THAT(find_warnings(config), ElementsAre(HasSubstr("admin_listen: whoever reaches [::]:9090")));

    config.admin_listen = "127.0.0.1:9090";
    EXPECT_THAT(find_warnings(config), IsEmpty());
}

TEST(Warnings, say_what_a_wide_cookie_and_no_limits_mean) {
    Config config = behind_a_proxy();
    config.cookie_domain = "example.com";
    config.limits.enabled = false;

    EXPECT_THAT(
        find_warnings(config), ElementsAre(StartsWith("cookie.domain: "), StartsWith("limits.enabled: "))
    );
}

}  // namespace
}  // namespace cardea::server
