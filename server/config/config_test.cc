// SPDX-License-Identifier: Apache-2.0
#include "server/config/loader.h"
#include "server/config/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <sstream>
#include <string>

namespace cardea::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* good_secret = "q1w8Zr5tYu2iOp7aSd9fGh3jKl4zXc6vBn0mQwErTyU";

ConfigResult from_toml(std::string_view text) {
    Gathered gathered;
    gather_toml(text, "cardea.toml", gathered);
    return make_config(std::move(gathered));
}

ConfigResult from_environment(const Variables& environment) {
    Gathered gathered;
    gather_environment(environment, gathered);
    return make_config(std::move(gathered));
}

/// The mistakes of a text, one to a line; empty when there are none.
std::string mistakes_of(std::string_view text) {
    const ConfigResult result = from_toml(text);
    return result ? "" : to_text(result.error());
}

TEST(Config, is_safe_and_private_without_any_setting) {
    const ConfigResult loaded = from_toml("");

    ASSERT_TRUE(loaded);
    const Config& config = loaded->config;
    EXPECT_THAT(config.listen, ElementsAre("127.0.0.1:8080", "[::1]:8080"));
    EXPECT_EQ(config.public_url.origin().text(), "http://localhost:8080");
    EXPECT_EQ(config.registration, account::RegistrationMode::open);
    EXPECT_TRUE(config.limits.enabled);
    EXPECT_TRUE(config.proxy.trust.empty());
    EXPECT_TRUE(config.admin_listen.empty());
    EXPECT_TRUE(config.cookie_domain.empty());
    EXPECT_FALSE(config.api_keys_forward_auth);
}

TEST(Config, takes_every_setting_from_toml) {
    const ConfigResult loaded = from_toml(R"(
        listen = ["0.0.0.0:80", "[::]:80"]
        admin_listen = "127.0.0.1:9090"
        public_url = "https://login.example.com"
        data = "/var/lib/cardea"
        registration = "invitation"
        workers = 3
        [limits]
        enabled = false
        connections = 50
        buffers = 8
        [session]
        preset = "aal2"
        idle = "10m"
        [cookie]
        domain = "example.com"
        [proxy]
        trust = ["10.0.0.0/8", "192.0.2.1"]
        header = "X-Forwarded-For"
        [password]
        policy = "nist"
        blocklist = "/etc/cardea/blocklist"
        breaches = "ask"
        memory = 65536
        iterations = 3
        pepper = true
        [api_keys]
        prefix = "acme"
        forward_auth = true
        [fetch]
        allowed_networks = ["10.20.0.0/16"]
        [log]
        level = "debug"
        format = "json"
    )");

    ASSERT_TRUE(loaded) << to_text(loaded.error());
    const Config& config = loaded->config;
    EXPECT_EQ(config.public_url.host(), "login.example.com");
    EXPECT_EQ(config.data, "/var/lib/cardea");
    EXPECT_EQ(config.registration, account::RegistrationMode::by_invitation);
    EXPECT_EQ(config.workers, 3U);
    EXPECT_FALSE(config.limits.enabled);
    EXPECT_EQ(config.limits.connections, 50U);
    EXPECT_EQ(config.limits.buffer_mib, 8U);
    EXPECT_EQ(config.session.browser_session.idle, std::chrono::minutes(10));
    EXPECT_EQ(config.session.browser_session.absolute, std::chrono::hours(24));
    EXPECT_EQ(config.cookie_domain, "example.com");
    EXPECT_EQ(config.proxy.trust.size(), 2U);
    EXPECT_EQ(config.proxy.header, "X-Forwarded-For");
    EXPECT_EQ(config.password.rules, PasswordRules::nist);
    EXPECT_EQ(config.password.blocklist, "/etc/cardea/blocklist");
    EXPECT_EQ(config.password.breaches, BreachSetting::ask);
    EXPECT_EQ(config.password.cost, (password::Argon2Cost{.memory_kib = 65536, .iterations = 3}));
    EXPECT_TRUE(config.password.pepper);
    EXPECT_EQ(config.api_key_prefix.text(), "acme");
    EXPECT_TRUE(config.api_keys_forward_auth);
    EXPECT_EQ(config.fetch_networks.size(), 1U);
    EXPECT_EQ(config.log.level, log::Level::debug);
    EXPECT_EQ(config.log.format, log::Format::json);
}

TEST(Config, lets_flags_win_over_variables_and_variables_over_the_file) {
    Gathered gathered;
    gather_toml("workers = 1\nlog.level = \"error\"\nlimits.connections = 7", "cardea.toml", gathered);
    gather_environment({{"CARDEA_WORKERS", "2"}, {"CARDEA_LOG_LEVEL", "debug"}}, gathered);
    gather_flags({{"workers", {"3"}}}, gathered);

    const ConfigResult loaded = make_config(std::move(gathered));

    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->config.workers, 3U);
    EXPECT_EQ(loaded->config.log.level, log::Level::debug);
    EXPECT_EQ(loaded->config.limits.connections, 7U);
    EXPECT_EQ(loaded->origins.at("workers"), "--workers");
    EXPECT_EQ(loaded->origins.at("log.level"), "CARDEA_LOG_LEVEL");
    EXPECT_EQ(loaded->origins.at("limits.connections"), "cardea.toml:3");
}

TEST(Config, splits_lists_of_variables_and_flags_at_commas) {
    const ConfigResult loaded = from_environment({{"CARDEA_LISTEN", "127.0.0.1:1, [::1]:2"}});

    ASSERT_TRUE(loaded);
    EXPECT_THAT(loaded->config.listen, ElementsAre("127.0.0.1:1", "[::1]:2"));
}

TEST(Config, reports_every_mistake_with_its_place) {
    const std::string mistakes = mistakes_of(
        "workers = \"many\"\n"
        "sesion.idle = \"1h\"\n"
        "log.level = \"loud\"\n"
        "[session]\n"
        "idle = \"5/min\"\n"
    );

    EXPECT_THAT(mistakes, HasSubstr("cardea.toml:1: workers: write a whole number"));
    EXPECT_THAT(mistakes, HasSubstr("no setting is called sesion.idle; did you mean session.idle?"));
    EXPECT_THAT(mistakes, HasSubstr("cardea.toml:3: log.level: choose one of: debug, info"));
    EXPECT_THAT(mistakes, HasSubstr("cardea.toml:5: session.idle: write a whole number and its unit"));
    EXPECT_EQ(std::ranges::count(mistakes, '\n'), 4);
}

TEST(Config, refuses_unknown_variables_and_passes_over_those_of_others) {
    const ConfigResult unknown = from_environment({{"CARDEA_LISTN", "127.0.0.1:1"}});
    const ConfigResult foreign = from_environment(
        {{"PATH", "/bin"},
         {"CARDEA_CONFIG", "x"},
         {"CARDEA_SERVICE_HOST", "10.0.0.1"},
         {"CARDEA_PORT_80_TCP", "x"}}
    );

    ASSERT_FALSE(unknown);
    EXPECT_THAT(
        to_text(unknown.error()), HasSubstr("CARDEA_LISTN: no setting is called listn; did you mean listen?")
    );
    EXPECT_TRUE(foreign);
}

TEST(Config, refuses_a_text_that_is_no_toml) {
    EXPECT_THAT(mistakes_of("a = 1\nlisten = ["), HasSubstr("cardea.toml:2: this is not TOML"));
}

TEST(Config, refuses_values_of_the_wrong_shape) {
    EXPECT_THAT(mistakes_of("listen = \"127.0.0.1:8080\""), HasSubstr("listen: this takes a list"));
    EXPECT_THAT(mistakes_of("workers = [1]"), HasSubstr("workers: this takes a number"));
    EXPECT_THAT(mistakes_of("workers = 1.5"), HasSubstr("workers: this takes a number"));
    EXPECT_THAT(mistakes_of("limits.buffers = 0"), HasSubstr("limits.buffers:"));
    EXPECT_THAT(mistakes_of("data = 1979-05-27"), HasSubstr("data: this takes a folder"));
    EXPECT_THAT(mistakes_of("[listen]\na = 1"), HasSubstr("listen: this takes a list"));
}

TEST(Config, asks_for_public_url_when_other_machines_can_connect) {
    EXPECT_THAT(mistakes_of("listen = [\"0.0.0.0:8080\"]"), HasSubstr("set public_url"));
    EXPECT_THAT(mistakes_of("listen = [\"127.0.0.1:1\", \"[::]:8080\"]"), HasSubstr("set public_url"));
    EXPECT_EQ(mistakes_of("listen = [\"0.0.0.0:8080\"]\npublic_url = \"https://a.example\""), "");
}

TEST(Config, refuses_plain_http_but_on_localhost) {
    EXPECT_THAT(mistakes_of("public_url = \"http://login.example.com\""), HasSubstr("use https://"));
    EXPECT_EQ(mistakes_of("public_url = \"http://localhost:9000\""), "");
    EXPECT_EQ(mistakes_of("public_url = \"http://127.0.0.1:9000\""), "");
}

TEST(Config, refuses_a_public_url_that_is_no_origin) {
    for (const char* url :
         {"", "login.example.com", "https://a.example/path", "https://a.example/?q", "ftp://a"}) {
        EXPECT_THAT(
            mistakes_of("public_url = \"" + std::string(url) + "\""), HasSubstr("public_url: write an origin")
        ) << url;
    }
}

TEST(Config, opens_registration_only_where_everything_is_private) {
    const auto mode = [](std::string_view text) { return from_toml(text)->config.registration; };

    EXPECT_EQ(mode(""), account::RegistrationMode::open);
    EXPECT_EQ(mode("public_url = \"https://a.example\""), account::RegistrationMode::closed);
    EXPECT_EQ(
        mode("public_url = \"http://localhost:80\"\nlisten = [\"0.0.0.0:80\"]"),
        account::RegistrationMode::closed
    );
    EXPECT_EQ(
        mode("public_url = \"https://a.example\"\nregistration = \"open\""), account::RegistrationMode::open
    );
}

TEST(Config, takes_the_public_port_from_the_first_address) {
    EXPECT_EQ(
        from_toml("listen = [\"127.0.0.1:9001\"]")->config.public_url.origin().text(), "http://localhost:9001"
    );
}

TEST(Config, refuses_a_weak_secret_without_repeating_it) {
    const std::string mistakes = mistakes_of("secret = \"hunter2\"");

    EXPECT_THAT(mistakes, HasSubstr("cardea.toml:1: secret:"));
    EXPECT_THAT(mistakes, Not(HasSubstr("hunter2")));
    EXPECT_THAT(
        mistakes_of("secret = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""), HasSubstr("secret:")
    );
}

TEST(Config, refuses_two_places_for_the_secret) {
    EXPECT_THAT(
        mistakes_of("secret = \"" + std::string(good_secret) + "\"\nsecret_file = \"s\""),
        HasSubstr("not both")
    );
}

TEST(Config, refuses_lifetimes_that_contradict_each_other) {
    EXPECT_THAT(
        mistakes_of("session.idle = \"48h\""), HasSubstr("cardea.toml:1: session.idle: make it no longer")
    );
    EXPECT_THAT(
        mistakes_of("session.remember_idle = \"60d\""), HasSubstr("session.remember_idle: make it no longer")
    );
    EXPECT_THAT(mistakes_of("session.preset = \"aal9\""), HasSubstr("session.preset: choose one of"));
}

TEST(Config, wants_proxies_and_their_header_together) {
    EXPECT_THAT(mistakes_of("proxy.trust = [\"127.0.0.1\"]"), HasSubstr("proxy.trust: name the one header"));
    EXPECT_THAT(mistakes_of("proxy.header = \"Forwarded\""), HasSubstr("proxy.header: name the proxies"));
    EXPECT_THAT(
        mistakes_of("proxy.trust = [\"10.0.0.1/8\"]\nproxy.header = \"X\""), HasSubstr("write addresses")
    );
    EXPECT_THAT(mistakes_of("proxy.trust = [\"::1\"]\nproxy.header = \"X Y\""), HasSubstr("name one header"));
}

TEST(Config, trusts_no_proxy_that_could_be_anybody) {
    const std::string header = "proxy.header = \"Forwarded\"\n";

    for (const char* network : {"0.0.0.0/0", "::/0", "128.0.0.0/1", "fc00::/6", "::ffff:0:0/96"}) {
        EXPECT_THAT(
            mistakes_of(header + "proxy.trust = [\"127.0.0.1\", \"" + network + "\"]"),
            HasSubstr("proxy.trust: name your proxies")
        ) << network;
    }
    EXPECT_EQ(mistakes_of(header + "proxy.trust = [\"10.0.0.0/8\", \"fc00::/7\", \"::1\"]"), "");
}

TEST(Config, finds_no_address_in_a_header_of_the_client) {
    const std::string trust = "proxy.trust = [\"127.0.0.1\"]\n";

    for (const char* header : {"Cookie", "cookie", "User-Agent", "Authorization", "X-Forwarded-Proto"}) {
        EXPECT_THAT(
            mistakes_of(trust + "proxy.header = \"" + header + "\""),
            HasSubstr("proxy.header: this header is the client's")
        ) << header;
    }
    for (const char* header :
         {"X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"}) {
        EXPECT_EQ(mistakes_of(trust + "proxy.header = \"" + header + "\""), "") << header;
    }
}

TEST(Config, hashes_passwords_at_a_cost_that_is_safe) {
    EXPECT_EQ(mistakes_of("[password]\nmemory = 7168\niterations = 5"), "");
    EXPECT_THAT(
        mistakes_of("password.memory = 8192"), HasSubstr("password.memory: the password cost must be")
    );
    EXPECT_THAT(
        mistakes_of("password.iterations = 1"), HasSubstr("password.memory: the password cost must be")
    );
    EXPECT_THAT(mistakes_of("password.memory = 262145"), HasSubstr("password.memory:"));
    EXPECT_THAT(mistakes_of("password.iterations = 17"), HasSubstr("password.iterations:"));
}

TEST(Config, widens_the_cookie_only_to_a_domain_around_an_https_host) {
    const std::string url = "public_url = \"https://login.example.com\"\n";

    EXPECT_EQ(mistakes_of(url + "cookie.domain = \"example.com\""), "");
    EXPECT_EQ(mistakes_of(url + "cookie.domain = \"login.example.com\""), "");
    for (const char* domain : {"example.org", "ample.com", "com", ".example.com", "Example.com", "a b.com"}) {
        EXPECT_THAT(mistakes_of(url + "cookie.domain = \"" + domain + "\""), HasSubstr("cookie.domain:"))
            << domain;
    }
    EXPECT_THAT(mistakes_of("cookie.domain = \"example.com\""), HasSubstr("cookie.domain:"));
}

TEST(Config, keeps_the_admin_listener_apart) {
    EXPECT_THAT(
        mistakes_of("admin_listen = \"127.0.0.1:8080\""), HasSubstr("admin_listen: choose another port")
    );
}

TEST(ConfigText, prints_a_file_that_means_the_same) {
    const ConfigResult loaded =
        from_toml("workers = 2\nproxy.trust = [\"10.0.0.0/8\"]\nproxy.header = \"Forwarded\"");
    ASSERT_TRUE(loaded);

    const std::string printed = to_toml(*loaded);
    const ConfigResult again = from_toml(printed);

    EXPECT_THAT(printed, HasSubstr("workers = 2  # cardea.toml:1\n"));
    EXPECT_THAT(printed, HasSubstr("public_url = \"http://localhost:8080\"  # default\n"));
    ASSERT_TRUE(again) << to_text(again.error());
    EXPECT_EQ(again->config.workers, 2U);
    EXPECT_EQ(again->config.registration, loaded->config.registration);
}

TEST(ConfigText, never_prints_a_secret) {
    const ConfigResult loaded = from_toml("secret = \"" + std::string(good_secret) + "\"");
    ASSERT_TRUE(loaded) << to_text(loaded.error());

    const std::string printed = to_toml(*loaded);

    EXPECT_THAT(printed, HasSubstr("secret = \"***\"  # cardea.toml:1"));
    EXPECT_THAT(printed, Not(HasSubstr(good_secret)));
}

TEST(ConfigText, is_what_the_reference_says) {
    std::ifstream file(CARDEA_SOURCE_DIR "/docs/reference/config.md");
    std::ostringstream text;
    text << file.rdbuf();

    EXPECT_EQ(text.str(), make_reference()) << "run tools/config-docs";
}

TEST(Settings, have_variables_and_flags_that_differ) {
    Texts spellings;
    for (const Setting& setting : settings()) {
        spellings.push_back(to_variable(setting.name));
        spellings.push_back(to_flag(setting.name));
    }
    std::ranges::sort(spellings);

    EXPECT_EQ(std::ranges::adjacent_find(spellings), spellings.end());
    EXPECT_EQ(to_variable("session.remember_idle"), "CARDEA_SESSION_REMEMBER_IDLE");
    EXPECT_EQ(to_flag("session.remember_idle"), "--session-remember-idle");
}

}  // namespace
}  // namespace cardea::server
