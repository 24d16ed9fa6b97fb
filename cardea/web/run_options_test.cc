// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/run_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<RunOptions> parse(std::vector<std::string> arguments) {
    return parse_run_options(arguments);
}

TEST(RunOptions, are_those_of_one_machine_by_default) {
    const RunOptions options = parse({}).value();

    EXPECT_THAT(options.listen, ElementsAre("127.0.0.1:8000"));
    EXPECT_EQ(options.workers, 0U);
    EXPECT_EQ(public_url_of(options).value(), "http://localhost:8000");
    EXPECT_THAT(
        hosts_of(options, "http://localhost:8000"),
        ElementsAre("localhost:8000", "127.0.0.1:8000", "localhost:8000")
    );
}

TEST(RunOptions, are_read_with_and_without_an_equals_sign) {
    const RunOptions options = parse({"--listen",
                                      "[::1]:1",
                                      "--listen=127.0.0.1:2",
                                      "--workers",
                                      "3",
                                      "--public-url=https://example.com"})
                                   .value();

    EXPECT_THAT(options.listen, ElementsAre("[::1]:1", "127.0.0.1:2"));
    EXPECT_EQ(options.workers, 3U);
    EXPECT_EQ(public_url_of(options).value(), "https://example.com");
    EXPECT_THAT(hosts_of(options, "https://example.com"), ElementsAre("example.com"));
}

TEST(RunOptions, of_the_command_line_count_before_those_of_the_program) {
    RunOptions program;
    program.listen = {"127.0.0.1:1", "127.0.0.1:2"};
    program.workers = 2;
    program.public_url = "https://example.com";
    program.tls_certificate = "a";
    program.tls_key = "b";
    const auto with = [&](std::vector<std::string> arguments) {
        return parse_run_options(arguments, program).value();
    };

    EXPECT_THAT(with({}).listen, ElementsAre("127.0.0.1:1", "127.0.0.1:2"));
    EXPECT_EQ(with({}).public_url, "https://example.com");
    EXPECT_THAT(with({"--listen", "[::1]:3"}).listen, ElementsAre("[::1]:3"));
    EXPECT_EQ(with({"--listen", "[::1]:3"}).workers, 2U);
    EXPECT_EQ(with({"--workers", "3"}).workers, 3U);
    EXPECT_EQ(with({"--public-url", "https://example.org"}).public_url, "https://example.org");
    EXPECT_EQ(with({"--tls-cert=c", "--tls-key=d"}).tls_key, "d");
    EXPECT_FALSE(parse_run_options(std::vector<std::string>{"--tls-cert=c"}, program));
    program.proxy.header = "Forwarded";
    EXPECT_FALSE(parse_run_options({}, program));
}

TEST(RunOptions, that_nobody_knows_are_refused) {
    EXPECT_THAT(parse({"--prot", "1"}).error().context, HasSubstr("no option --prot"));
    EXPECT_THAT(parse({"--listen"}).error().context, HasSubstr("needs a value"));
    for (const char* workers : {"0", "-1", "x", "1x", "129", ""}) {
        EXPECT_FALSE(parse({"--workers", workers})) << workers;
    }
}

TEST(RunOptions, ask_for_the_public_url_where_it_cannot_be_known) {
    for (const char* address : {"0.0.0.0:80", "192.0.2.1:80", "[::]:80", "127.0.0.1:0"}) {
        const Result<std::string> url = public_url_of(parse({"--listen", address}).value());
        ASSERT_FALSE(url) << address;
        EXPECT_THAT(url.error().context, HasSubstr("--public-url"));
    }
    EXPECT_FALSE(public_url_of(parse({"--listen", "127.0.0.1:80", "--listen", "0.0.0.0:80"}).value()));
}

TEST(RunOptions, say_how_an_address_is_written) {
    for (const char* address : {"8001", "nonsense", "127.0.0.1:"}) {
        const auto options = parse({"--listen", address});
        ASSERT_FALSE(options) << address;
        EXPECT_THAT(options.error().context, HasSubstr("127.0.0.1:8000"));
    }
    EXPECT_THAT(parse({"extra"}).error().context, HasSubstr("extra is no option"));
}

TEST(RunOptions, are_for_this_machine_alone_on_loopback_without_a_proxy) {
    EXPECT_TRUE(is_for_this_machine(parse({}).value()));
    EXPECT_TRUE(is_for_this_machine(parse({"--listen", "[::1]:80"}).value()));
    EXPECT_FALSE(is_for_this_machine(parse({"--listen", "127.0.0.1:80", "--listen", "0.0.0.0:80"}).value()));
    const auto proxied = parse({"--proxy-trust=127.0.0.1", "--proxy-header=X-Forwarded-For"});
    EXPECT_FALSE(is_for_this_machine(proxied.value()));
}

TEST(RunOptions, speak_tls_only_under_an_https_url) {
    const auto url = [](const char* public_url) {
        return public_url_of(parse({"--tls-cert=a", "--tls-key=b", "--public-url", public_url}).value());
    };
    EXPECT_TRUE(url("https://example.com"));
    EXPECT_FALSE(url("http://example.com"));
}

TEST(RunOptions, believe_a_proxy_only_where_its_address_and_its_header_are_named) {
    const RunOptions options =
        parse({"--proxy-trust=127.0.0.1", "--proxy-trust=10.0.0.0/8", "--proxy-header", "X-Forwarded-For"})
            .value();

    EXPECT_EQ(options.proxy.header, "X-Forwarded-For");
    EXPECT_EQ(options.proxy.trust.size(), 2U);
    EXPECT_TRUE(parse({}).value().proxy.trust.empty());
    EXPECT_THAT(parse({"--proxy-trust=127.0.0.1"}).error().context, HasSubstr("go together"));
    EXPECT_THAT(parse({"--proxy-header=Forwarded"}).error().context, HasSubstr("go together"));
    EXPECT_THAT(parse({"--proxy-trust=everybody"}).error().context, HasSubstr("10.0.0.0/8"));
}

TEST(RunOptions, with_a_certificate_mean_https) {
    const RunOptions options = parse({"--tls-cert", "chain.pem", "--tls-key", "key.pem"}).value();

    EXPECT_EQ(public_url_of(options).value(), "https://localhost:8000");
    EXPECT_THAT(parse({"--tls-cert", "chain.pem"}).error().context, HasSubstr("go together"));
    EXPECT_THAT(parse({"--tls-key", "key.pem"}).error().context, HasSubstr("go together"));
}

}  // namespace
}  // namespace cardea::web
