// SPDX-License-Identifier: Apache-2.0
#include "server/host_gate.h"

#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::server {
namespace {

TEST(InnerHost, is_an_address_or_a_name_without_a_dot) {
    for (const char* host :
         {"localhost", "localhost:9090", "cardea:9090", "127.0.0.1", "10.0.0.7:9090", "[::1]:9090", "[::1]"
         }) {
        EXPECT_TRUE(is_inner_host(host)) << host;
    }
    for (const char* host :
         {"evil.example", "evil.example:9090", "127.0.0.1.evil.example", "localhost.", "127.0.0.1.:1"}) {
        EXPECT_FALSE(is_inner_host(host)) << host;
    }
}

class EchoOfPath final : public net::Service {
 public:
    std::optional<http::Response> answer_at_once(const http::Request& request) override {
        return request.path == "/slow" ? std::nullopt : std::optional(http::Response(http::Status::ok));
    }
    Task<http::Response> answer(const http::Request&) override {
        http::Response response(http::Status::created);
        co_return response;
    }
};

TEST(HostGate, says_where_we_are_to_who_came_under_another_name) {
    EchoOfPath service;
    const auto reference = [](const web::Problem&) {
        return web::ProblemReference{"abcd-efgh-jkmn-pqrs", "host"};
    };
    HostGate gate(
        service,
        [](const http::Request&) { return false; },
        tell_where_we_are("https://id.example.com", reference)
    );
    http::Request program;
    const std::vector<http::Header> accept{{"Accept", "text/html,*/*;q=0.8"}};
    http::Request browser;
    browser.headers = accept;

    const std::optional<http::Response> text = gate.answer_at_once(program);
    const std::optional<http::Response> page = gate.answer_at_once(browser);

    EXPECT_EQ(text->status(), http::Status::misdirected_request);
    EXPECT_EQ(
        text->body(),
        R"({"title":"Misdirected Request","status":421,"detail":"This server does not answer to that host )"
        R"(name. It is to be found at https://id.example.com.","code":"not_found",)"
        R"("reference":"abcd-efgh-jkmn-pqrs"})"
    );
    EXPECT_EQ(page->status(), http::Status::misdirected_request);
    EXPECT_TRUE(page->body().contains(R"(<a href="https://id.example.com/">)")) << page->body();
    EXPECT_TRUE(page->body().contains("Reference: abcd-efgh-jkmn-pqrs")) << page->body();
    EXPECT_EQ(page->header("Cache-Control"), "no-store");
}

TEST(HostGate, answers_421_to_strangers_and_lets_the_service_answer_the_rest) {
    EchoOfPath service;
    HostGate gate(service, [](const http::Request& request) { return request.host == "id.example.com"; });
    http::Request request;
    request.path = "/";
    request.host = "evil.example";
    const std::optional<http::Response> refused = gate.answer_at_once(request);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status(), http::Status::misdirected_request);
    EXPECT_EQ(
        refused->header_lines(), "Content-Type: application/problem+json\r\nCache-Control: no-store\r\n"
    );

    request.host = "id.example.com";
    EXPECT_EQ(gate.answer_at_once(request)->status(), http::Status::ok);

    request.path = "/slow";
    EXPECT_FALSE(gate.answer_at_once(request));
    EXPECT_EQ(testing::run(gate.answer(request)).status(), http::Status::created);
}

}  // namespace
}  // namespace cardea::server
