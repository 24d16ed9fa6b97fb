// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/problem.h"

#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"
#include "tests/support/raw_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using testing::RawRequest;

Json parse(const Response& response) {
    Result<Json> json = parse_json(response.body());
    EXPECT_TRUE(json) << response.body();
    return json ? std::move(*json) : Json();
}

TEST(Problem, is_problem_json_with_a_sentence_and_a_code) {
    const Response response = Problems::plain().answer(RawRequest(Method::get, "/"), Errc::forbidden);

    EXPECT_EQ(response.status(), Status::forbidden);
    EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(
        response.body(),
        R"({"title":"Forbidden","status":403,"detail":"You may not do this.","code":"forbidden"})"
    );
}

TEST(Problem, of_every_code_has_a_status_and_words) {
    for (auto code = Errc::malformed; code <= Errc::internal;
         code = static_cast<Errc>(std::to_underlying(code) + 1)) {
        const ProblemKind kind = problem_kind(code);
        EXPECT_GE(std::to_underlying(kind.status), 400) << name(code);
        EXPECT_FALSE(kind.title.empty()) << name(code);
        EXPECT_TRUE(kind.detail.ends_with('.')) << name(code);
    }
}

TEST(Problem, with_status_401_always_carries_a_challenge) {
    const Problems& problems = Problems::plain();
    const RawRequest plain(Method::get, "/");
    const RawRequest bearer = RawRequest(Method::get, "/").with("Authorization", "Bearer x");

    EXPECT_EQ(
        problems.answer(plain, Errc::unauthenticated).header("WWW-Authenticate"), R"(Bearer realm="cardea")"
    );
    EXPECT_EQ(
        problems.answer(plain, Errc::credentials_wrong).header("WWW-Authenticate"), R"(Bearer realm="cardea")"
    );
    EXPECT_EQ(
        problems.answer(bearer, Errc::unauthenticated).header("WWW-Authenticate"),
        R"(Bearer realm="cardea", error="invalid_token")"
    );
    EXPECT_EQ(
        problems.answer(plain, Errc::step_up_required).header("WWW-Authenticate"),
        R"(Bearer realm="cardea", error="insufficient_user_authentication")"
    );
}

TEST(Problem, says_when_to_try_again) {
    Problem limited(Errc::rate_limited);
    limited.retry_after = std::chrono::seconds(17);

    const Problem from_error(Error{Errc::rate_limited, "account_delay", std::chrono::seconds(64), {}});
    const Response delayed = Problems::plain().answer(RawRequest(Method::get, "/"), from_error);
    const Response response = Problems::plain().answer(RawRequest(Method::get, "/"), limited);
    const Response busy = Problems::plain().answer(RawRequest(Method::get, "/"), Errc::busy);

    EXPECT_EQ(response.status(), Status::too_many_requests);
    EXPECT_EQ(response.header("Retry-After"), "17");
    EXPECT_EQ(delayed.header("Retry-After"), "64");
    EXPECT_EQ(busy.status(), Status::service_unavailable);
    EXPECT_FALSE(busy.header("Retry-After").empty());
}

TEST(Problem, says_in_words_how_long_to_wait) {
    const auto said = [](std::chrono::seconds wait) {
        return problem_sentence(Error{Errc::rate_limited, "account_delay", wait, {}});
    };
    Problem limited(Errc::rate_limited);
    limited.retry_after = std::chrono::seconds(17);

    EXPECT_EQ(said(std::chrono::seconds(1)), "Please wait 1 second before you try again.");
    EXPECT_EQ(said(std::chrono::seconds(38)), "Please wait 38 seconds before you try again.");
    EXPECT_EQ(said(std::chrono::seconds(121)), "Please wait 3 minutes before you try again.");
    EXPECT_EQ(said({}), problem_kind(Errc::rate_limited).detail);
    EXPECT_EQ(
        to_string(*parse(Problems::plain().answer(RawRequest(Method::get, "/"), limited)).find("detail")),
        R"("Please wait 17 seconds before you try again.")"
    );
}

TEST(Problem, lists_mistakes_with_their_place) {
    const Problem problem({FieldError{{"body", "email"}, "Enter an e-mail address.", "missing"}});

    const Response response = Problems::plain().answer(RawRequest(Method::post, "/"), problem);

    EXPECT_EQ(response.status(), Status::unprocessable_content);
    const Json json = parse(response);
    ASSERT_NE(json.find("errors"), nullptr);
    EXPECT_EQ(
        to_string(*json.find("errors")),
        R"([{"loc":["body","email"],"msg":"Enter an e-mail address.","type":"missing"}])"
    );
}

TEST(Problem, never_shows_the_context) {
    const Problem problem(Error{Errc::internal, "/var/lib/cardea: permission denied"});

    const Response response = Problems::plain().answer(RawRequest(Method::get, "/"), problem);

    EXPECT_EQ(response.status(), Status::internal_server_error);
    EXPECT_EQ(response.body().find("/var"), std::string_view::npos);
}

TEST(Problem, carries_its_reference_and_is_a_page_for_browsers) {
    const Problems problems(
        [](const Problem& problem) {
            return ProblemReference{"ref-" + std::string(name(problem.code)), "route"};
        },
        [](const http::Request&, const ShownProblem& problem) {
            return "<p>" + std::string(problem.detail) + std::string(problem.reference);
        }
    );
    const RawRequest browser = RawRequest(Method::get, "/").with("Accept", "text/html,*/*;q=0.8");

    const Response page = problems.answer(browser, Errc::not_found);
    const Response data = problems.answer(RawRequest(Method::get, "/"), Errc::not_found);
    const Problem audited(Error{Errc::credentials_wrong, "wrong_password", {}, "abcd-efgh-jkmn-pqrs"});
    const Response with_its_own = problems.answer(RawRequest(Method::get, "/"), audited);

    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.body(), "<p>There is nothing at this address.ref-not_found");
    EXPECT_EQ(parse(data).find_text("reference"), "ref-not_found");
    EXPECT_EQ(parse(with_its_own).find_text("reference"), "abcd-efgh-jkmn-pqrs");
}

TEST(Problem, the_log_names_the_rule_that_refused) {
    const Problems problems([](const Problem&) { return ProblemReference{"ref", "csrf"}; }, nullptr);
    const Problem logged_before(Error{Errc::forbidden, "registration_closed", {}, "abcd-efgh-jkmn-pqrs"});

    ::testing::internal::CaptureStderr();
    std::ignore = problems.answer(RawRequest(Method::post, "/"), Errc::csrf_rejected);
    const std::string refused = ::testing::internal::GetCapturedStderr();
    ::testing::internal::CaptureStderr();
    std::ignore = problems.answer(RawRequest(Method::post, "/"), logged_before);
    const std::string once_more = ::testing::internal::GetCapturedStderr();

    EXPECT_THAT(refused, ::testing::HasSubstr("rule=csrf"));
    EXPECT_EQ(once_more, "");
}

TEST(Problem, of_another_host_is_421_and_says_where_we_are) {
    ::testing::internal::CaptureStderr();
    const Response response =
        Problems::plain().answer(RawRequest(Method::get, "/"), misdirected("https://id.example.com"));
    const std::string logged = ::testing::internal::GetCapturedStderr();

    EXPECT_EQ(response.status(), Status::misdirected_request);
    EXPECT_EQ(parse(response).find_text("code"), "not_found");
    EXPECT_THAT(parse(response).find_text("detail").value(), ::testing::HasSubstr("https://id.example.com"));
    EXPECT_EQ(logged, "");  // whoever looks around by address causes them
}

TEST(Problem, is_bare_where_a_proxy_takes_no_body) {
    const Problems problems([](const Problem&) { return ProblemReference{"ref", "api_key_form"}; }, nullptr);
    Problem bare(Errc::api_key_malformed);
    bare.is_bare = true;

    ::testing::internal::CaptureStderr();
    const Response response = problems.answer(RawRequest(Method::get, "/"), bare);
    const std::string logged = ::testing::internal::GetCapturedStderr();

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_EQ(response.body(), "");
    EXPECT_EQ(response.header("X-Auth-Reference"), "ref");
    EXPECT_EQ(logged, "");  // anybody may send one with every request
}

}  // namespace
}  // namespace cardea::web
