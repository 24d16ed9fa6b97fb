// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/app.h"

#include "cardea/base/json.h"
#include "cardea/web/response.h"
#include "tests/support/raw_request.h"
#include "tests/support/run_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using ::testing::HasSubstr;
using testing::RawRequest;

Response hello(Request& request) {
    return json("\"" + std::string(request.path()) + "\"");
}

Task<Response> hello_later(Request& request) {
    co_return hello(request);
}

/// Asks to wait the first time, and notes what was called.
class Waiting final : public Middleware {
 public:
    explicit Waiting(std::string& log) : log_(log) {}
    bool prepare_at_once(Request&) override { return ready_; }
    Task<> prepare(Request&) override {
        log_ += "prepare ";
        ready_ = true;
        co_return;
    }
    std::optional<Response> before(Request&) override {
        log_ += "before ";
        return std::nullopt;
    }
    void after(Request&, Response& response) override { response.add_header("X-After", "yes"); }

 private:
    std::string& log_;
    bool ready_ = false;
};

class Phased final : public Middleware {
 public:
    Phased(Phase phase, std::string& log, char mark) : phase_(phase), log_(log), mark_(mark) {}
    Phase phase() const noexcept override { return phase_; }
    std::optional<Response> before(Request&) override {
        log_ += mark_;
        return std::nullopt;
    }

 private:
    Phase phase_;
    std::string& log_;
    char mark_;
};

/// Answers with the origin that it was told, or refuses to start.
class Feature final : public Extension {
 public:
    explicit Feature(bool works) : works_(works) {}
    Result<> join(App& app, const Setup& setup) override {
        if (!works_) {
            return fail(Errc::config, "the feature lacks a secret: set FEATURE_SECRET");
        }
        app.get("/origin", [origin = setup.origin.text()](Request&) { return json("\"" + origin + "\""); });
        return {};
    }

 private:
    bool works_;
};

TEST(App, lets_an_extension_add_routes_once_it_is_known_where_the_program_is_reached) {
    App app({.public_url = "https://example.com"});
    app.use(std::make_shared<Feature>(true));
    ASSERT_TRUE(app.start());
    const RawRequest request(Method::get, "/origin");
    const auto response = app.answer_at_once(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body(), R"("https://example.com")");
}

TEST(App, does_not_start_without_an_extension) {
    App app;
    app.use(std::make_shared<Feature>(false));
    const Result<> started = app.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().context, "the feature lacks a secret: set FEATURE_SECRET");
}

TEST(App, answers_at_once_when_the_handler_needs_no_waiting) {
    App app;
    app.get("/users/{id}", [](Request& request) {
        return json("\"" + std::string(request.param("id")) + "\"");
    });
    ASSERT_TRUE(app.start());

    const std::optional<Response> response = app.answer_at_once(RawRequest(Method::get, "/users/7"));

    ASSERT_TRUE(response);
    EXPECT_EQ(response->status(), Status::ok);
    EXPECT_EQ(response->body(), "\"7\"");
}

TEST(App, leaves_handlers_that_wait_to_answer) {
    App app;
    app.get("/later", hello_later);
    ASSERT_TRUE(app.start());
    const RawRequest request(Method::get, "/later");

    EXPECT_FALSE(app.answer_at_once(request));

    const Response response = testing::run(app.answer(request));
    EXPECT_EQ(response.body(), "\"/later\"");
}

TEST(App, does_nothing_at_once_when_a_middleware_must_wait) {
    std::string log;
    App app;
    app.use(std::make_unique<Waiting>(log));
    app.get("/", hello);
    ASSERT_TRUE(app.start());
    const RawRequest request(Method::get, "/");

    EXPECT_FALSE(app.answer_at_once(request));
    EXPECT_EQ(log, "");

    const Response response = testing::run(app.answer(request));
    EXPECT_EQ(log, "prepare before ");
    EXPECT_EQ(response.header("X-After"), "yes");
}

TEST(App, runs_middleware_by_phase_and_not_by_the_order_of_use) {
    std::string log;
    App app;
    app.use(std::make_unique<Phased>(Middleware::Phase::application, log, 'c'));
    app.use(std::make_unique<Phased>(Middleware::Phase::csrf, log, 'b'));
    app.use(std::make_unique<Phased>(Middleware::Phase::limits, log, 'a'));
    app.use(std::make_unique<Phased>(Middleware::Phase::application, log, 'd'));
    app.get("/", hello);
    ASSERT_TRUE(app.start());

    std::ignore = app.answer_at_once(RawRequest(Method::get, "/"));

    EXPECT_EQ(log, "abcd");
}

TEST(App, answers_404_405_and_options_without_a_handler) {
    App app;
    app.post("/login", hello);
    ASSERT_TRUE(app.start());

    EXPECT_EQ(app.answer_at_once(RawRequest(Method::get, "/nothing"))->status(), Status::not_found);
    const std::optional<Response> wrong = app.answer_at_once(RawRequest(Method::get, "/login"));
    EXPECT_EQ(wrong->status(), Status::method_not_allowed);
    EXPECT_EQ(wrong->header("Allow"), "POST, OPTIONS");
    const std::optional<Response> options = app.answer_at_once(RawRequest(Method::options, "/login"));
    EXPECT_EQ(options->status(), Status::no_content);
    EXPECT_EQ(options->header("Allow"), "POST, OPTIONS");
}

TEST(App, refuses_what_the_engine_could_not_read_as_it_refuses_requests) {
    App app({.reference = [](const Problem&) { return ProblemReference{"abcd-efgh-jkmn-pqrs", {}}; }});
    ASSERT_TRUE(app.start());

    const Response answer = app.answer_refused({net::Refusal::head_too_long, "192.0.2.1", ""});
    const Response method = app.answer_refused({net::Refusal::unsupported_method, "192.0.2.1", "*/*"});

    EXPECT_EQ(answer.status(), Status::request_header_fields_too_large);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(
        answer.body(),
        R"({"title":"Request Header Fields Too Large","status":431,)"
        R"("detail":"The request headers are too large.","code":"too_large","reference":"abcd-efgh-jkmn-pqrs"})"
    );
    EXPECT_EQ(method.status(), Status::method_not_allowed);
    EXPECT_EQ(method.header("Allow"), net::allowed_methods);
}

TEST(App, refuses_with_a_page_who_likes_pages_though_the_engine_did_not_take_the_request) {
    App app({.public_url = "https://example.com"});
    ASSERT_TRUE(app.start());

    const Response page = app.answer_refused({net::Refusal::body_too_long, "192.0.2.1", "text/html, */*"});

    EXPECT_EQ(page.status(), Status::content_too_large);
    EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("Content-Security-Policy"), page_policy);
    EXPECT_EQ(page.header("Cache-Control"), "no-store");
    EXPECT_EQ(page.header("Strict-Transport-Security"), "max-age=63072000");
    EXPECT_THAT(std::string(page.body()), HasSubstr("The request body is too large."));
}

TEST(App, tells_by_its_code_that_a_request_was_too_slow) {
    App app;
    ASSERT_TRUE(app.start());

    for (const net::Refusal refusal : {net::Refusal::head_too_slow, net::Refusal::body_too_slow}) {
        const Response answer = app.answer_refused({refusal, "192.0.2.1", ""});
        EXPECT_EQ(answer.status(), Status::request_timeout);
        EXPECT_THAT(std::string(answer.body()), HasSubstr(R"("code":"too_slow")"));
    }
}

TEST(App, answers_head_with_the_handler_of_get) {
    App app;
    app.get("/", hello);
    ASSERT_TRUE(app.start());

    EXPECT_EQ(app.answer_at_once(RawRequest(Method::head, "/"))->status(), Status::ok);
}

TEST(App, turns_an_exception_into_a_500_that_says_nothing) {
    App app;
    app.get("/now", [](Request&) -> Response { throw std::runtime_error("secret detail"); });
    app.get("/later", [](Request&) -> Task<Response> {
        throw std::runtime_error("secret detail");
        co_return Response();
    });
    app.get("/number", [](Request&) -> Response { throw 7; });  // NOLINT(hicpp-exception-baseclass)
    ASSERT_TRUE(app.start());

    EXPECT_EQ(
        app.answer_at_once(RawRequest(Method::get, "/number"))->status(), Status::internal_server_error
    );
    const std::optional<Response> now = app.answer_at_once(RawRequest(Method::get, "/now"));
    const RawRequest request(Method::get, "/later");
    const Response later = testing::run(app.answer(request));

    EXPECT_EQ(now->status(), Status::internal_server_error);
    EXPECT_EQ(later.status(), Status::internal_server_error);
    EXPECT_EQ(now->body().find("secret"), std::string_view::npos);
    EXPECT_EQ(later.body().find("secret"), std::string_view::npos);
}

TEST(App, asks_the_guard_before_the_handler) {
    App app;
    const Guard never("never", Guard::Needs::nothing, [](Request& request) {
        return std::optional(request.refuse(Errc::forbidden));
    });
    app.get("/", never, hello);
    app.get("/later", never, hello_later);
    ASSERT_TRUE(app.start());
    const RawRequest later(Method::get, "/later");

    EXPECT_EQ(app.answer_at_once(RawRequest(Method::get, "/"))->status(), Status::forbidden);
    EXPECT_EQ(testing::run(app.answer(later)).status(), Status::forbidden);
}

TEST(App, start_says_what_a_guard_needs) {
    App app;
    app.get("/account", requires_account_session(), hello);

    const Result<> started = app.start();

    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Errc::config);
    EXPECT_EQ(
        started.error().context,
        "/account is guarded by requires_account_session: add app.use(web::account_sessions(...)); where "
        "sessions({...}) are "
        "in use, the guard is requires_scopes(\"authenticated\")"
    );
}

TEST(App, start_asks_for_csrf_where_sessions_change_things) {
    std::string log;
    App app;
    app.use(std::make_unique<Phased>(Middleware::Phase::sessions, log, 's'));
    app.post("/logout", hello);

    EXPECT_FALSE(app.start());

    app.use(std::make_unique<Phased>(Middleware::Phase::csrf, log, 'c'));
    App complete;
    complete.use(std::make_unique<Phased>(Middleware::Phase::sessions, log, 's'));
    complete.use(std::make_unique<Phased>(Middleware::Phase::csrf, log, 'c'));
    complete.post("/logout", hello);
    EXPECT_TRUE(complete.start());
}

TEST(App, start_refuses_two_routes_for_one_thing) {
    App app;
    app.get("/a/{x}", hello);
    app.get("/a/{y}", hello);

    const Result<> started = app.start();

    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().context, "two routes for GET /a/{y}: remove one");
}

TEST(App, puts_the_security_headers_on_every_answer) {
    App app({.public_url = "https://example.com"});
    app.get("/data", hello);
    app.get("/page", [](Request&) { return page("<!doctype html>"); });
    app.get("/own", [](Request&) {
        Response response = page("<!doctype html>");
        response.add_header("Content-Security-Policy", "default-src 'self'");
        response.add_header("Cache-Control", "public");
        return response;
    });
    ASSERT_TRUE(app.start());

    const Response data = *app.answer_at_once(RawRequest(Method::get, "/data"));
    const Response html = *app.answer_at_once(RawRequest(Method::get, "/page"));
    const Response own = *app.answer_at_once(RawRequest(Method::get, "/own"));
    const Response refused = *app.answer_at_once(RawRequest(Method::get, "/none"));

    for (const Response* response : {&data, &html, &own, &refused}) {
        EXPECT_EQ(response->header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(response->header("Referrer-Policy"), "same-origin");
        EXPECT_EQ(response->header("Strict-Transport-Security"), "max-age=63072000");
    }
    EXPECT_EQ(data.header("Content-Security-Policy"), data_policy);
    EXPECT_EQ(data.header("Cache-Control"), "no-store");
    EXPECT_EQ(html.header("Content-Security-Policy"), page_policy);
    EXPECT_EQ(html.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(own.header("Content-Security-Policy"), "default-src 'self'");
    EXPECT_EQ(own.header("Cache-Control"), "public");
}

TEST(App, sends_no_hsts_but_to_real_https_hosts) {
    for (const std::string_view url :
         {"http://localhost:8000",
          "https://localhost",
          "https://app.localhost",
          "https://127.0.0.1:8443",
          "https://192.0.2.1",
          "https://[2001:db8::1]",
          "https://intranet",
          "https://intranet:8443"}) {
        App app({.public_url = std::string(url)});
        app.get("/", hello);
        ASSERT_TRUE(app.start()) << url;

        const std::optional<Response> response = app.answer_at_once(RawRequest(Method::get, "/"));
        EXPECT_EQ(response->header("Strict-Transport-Security"), "") << url;
    }
}

TEST(App, serves_its_openapi_document) {
    App app;
    app.openapi({.title = "Test", .version = "1"});
    app.get("/x", hello).summary("Says hello").answers(Status::ok, "Hello.");
    ASSERT_TRUE(app.start());

    const std::optional<Response> response = app.answer_at_once(RawRequest(Method::get, "/openapi.json"));

    ASSERT_TRUE(response);
    EXPECT_TRUE(parse_json(response->body()));
    EXPECT_EQ(response->header("Content-Type"), "application/json");
}

}  // namespace
}  // namespace cardea::web
