// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/csrf.h"

#include "cardea/csrf/token.h"
#include "cardea/http/query.h"
#include "cardea/web/app.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/response.h"
#include "tests/support/raw_request.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using detail::RequestAccess;

using http::Method;
using http::Status;
using testing::RawRequest;

struct Nobody final : session::Subject {};

/// Signs in every request that names a transport in X-Test-Session.
class FakeSessions final : public Middleware {
 public:
    Phase phase() const noexcept override { return Phase::account_sessions; }
    std::optional<http::Response> before(Request& request) override {
        const std::string_view transport = request.header("X-Test-Session");
        if (transport.empty()) {
            return std::nullopt;
        }
        session::SessionRecord record;
        record.id = id;
        record.transport = transport == "bearer" ? session::Transport::bearer : session::Transport::cookie;
        RequestAccess::set_account_session(
            request,
            std::make_shared<session::LiveSession>(std::move(record), std::make_shared<const Nobody>(), 0)
        );
        return std::nullopt;
    }

    static inline const SessionId id{{1, 2, 3}};
};

class CsrfMiddleware : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(std::make_unique<FakeSessions>());
        app_.use(csrf(
            http::parse_origin("https://id.example.org").value(),
            {keyring_,
             random_,
             [](const Request& request) { return std::string(request.header("X-Test-Flow")); }}
        ));
        app_.post("/change", [](Request&) { return no_content(); });
        app_.post("/guarded", requires_account_session(), [](Request&) { return no_content(); });
        app_.post("/headerless", [](Request&) { return no_content(); }).accepts_headerless_clients();
        app_.post("/form", [](Request&) { return no_content(); }).hidden();
        app_.schema("Change", R"({"type":"object"})");
        app_.post("/json", [](Request&) { return no_content(); }).takes("Change");
        app_.get("/token", [](Request& request) { return json(request.csrf_token()); });
        ASSERT_TRUE(app_.start());
    }

    Status post(const RawRequest& request) { return app_.answer_at_once(request)->status(); }
    std::string token(std::string_view binding) {
        return cardea::csrf::make_token(keyring_, binding, random_);
    }

    std::string answer_to(const RawRequest& request) {
        return std::string(app_.answer_at_once(request)->body());
    }

    static RawRequest change() { return {Method::post, "/change"}; }

    crypto::Keyring keyring_ = crypto::Keyring::parse("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM").value();
    FakeRandom random_;
    App app_;
};

TEST_F(CsrfMiddleware, tells_a_program_what_to_send_and_a_person_to_try_again) {
    const std::string for_program = answer_to(change().body("login=anna"));
    const std::string for_person = answer_to(change().with("Accept", "text/html").body("login=anna"));

    EXPECT_NE(for_program.find("Content-Type: application/json"), std::string::npos) << for_program;
    EXPECT_EQ(for_person.find("Content-Type: application/json"), std::string::npos) << for_person;
}

TEST_F(CsrfMiddleware, names_what_would_have_passed_where_it_was_sent) {
    const auto form = [](std::string_view path) {
        return RawRequest(Method::post, path).with("Content-Type", "application/x-www-form-urlencoded");
    };
    const auto browser = [] {
        return change().with("Origin", "https://id.example.org").with("Content-Type", "application/json");
    };
    const std::string json = "Content-Type: application/json";

    for (const RawRequest& request :
         {browser(), form("/form"), form("/form").with("X-Test-Session", "cookie")}) {
        EXPECT_EQ(answer_to(request).find(json), std::string::npos) << answer_to(request);
        EXPECT_NE(answer_to(request).find("X-CSRF-Token"), std::string::npos) << answer_to(request);
    }
    EXPECT_NE(answer_to(browser()).find("no browser sends no Origin"), std::string::npos);
    EXPECT_EQ(answer_to(browser()).find("of the session"), std::string::npos);
    EXPECT_NE(
        answer_to(browser().with("X-Test-Session", "cookie")).find("of the session"), std::string::npos
    );
    EXPECT_NE(answer_to(form("/form")).find("csrf_token"), std::string::npos);
    EXPECT_NE(answer_to(form("/json")).find(json), std::string::npos);
    EXPECT_EQ(answer_to(form("/json")).find("of the session"), std::string::npos);
}

TEST_F(CsrfMiddleware, passes_what_browsers_say_is_our_own) {
    EXPECT_EQ(post(change().with("Sec-Fetch-Site", "same-origin")), Status::no_content);
    EXPECT_EQ(post(change().with("Sec-Fetch-Site", "none")), Status::no_content);
}

TEST_F(CsrfMiddleware, refuses_other_sites_with_or_without_a_session) {
    for (const std::string_view site : {"cross-site", "same-site", "nonsense"}) {
        EXPECT_EQ(post(change().with("Sec-Fetch-Site", site)), Status::forbidden) << site;
    }
    EXPECT_EQ(
        post(change().with("Sec-Fetch-Site", "cross-site").with("X-Test-Session", "cookie")),
        Status::forbidden
    );
    EXPECT_EQ(post(change().with("Origin", "null")), Status::forbidden);
    EXPECT_EQ(post(change().with("Origin", "https://evil.example")), Status::forbidden);
}

TEST_F(CsrfMiddleware, asks_older_browsers_for_the_token_of_their_session) {
    const std::string good = token(FakeSessions::id.to_string());
    const std::string other = token(SessionId({9}).to_string());
    const auto request = [](std::string_view sent) {
        return change()
            .with("Origin", "https://id.example.org")
            .with("X-Test-Session", "cookie")
            .with("X-CSRF-Token", sent);
    };

    EXPECT_EQ(post(request(good)), Status::no_content);
    EXPECT_EQ(post(request(other)), Status::forbidden);
    EXPECT_EQ(post(request("")), Status::forbidden);
}

TEST_F(CsrfMiddleware, takes_the_token_from_a_form_too) {
    std::string body = "a=1";
    http::append_field(body, "csrf_token", token("flow-1"));
    const auto request = [&body](std::string_view flow) {
        return change()
            .with("Content-Type", "application/x-www-form-urlencoded")
            .with("X-Test-Flow", flow)
            .body(body);
    };

    EXPECT_EQ(post(request("flow-1")), Status::no_content);
    EXPECT_EQ(post(request("flow-2")), Status::forbidden);
    EXPECT_EQ(post(request("")), Status::forbidden);
}

TEST_F(CsrfMiddleware, takes_the_token_of_a_flow_where_another_tab_signed_in) {
    const std::string sent = token("flow-1");

    EXPECT_EQ(
        post(
            change().with("X-Test-Session", "cookie").with("X-Test-Flow", "flow-1").with("X-CSRF-Token", sent)
        ),
        Status::no_content
    );
}

TEST_F(CsrfMiddleware, lets_json_and_bearer_clients_pass_without_a_token) {
    EXPECT_EQ(post(change().with("Content-Type", "application/json").body("{}")), Status::no_content);
    EXPECT_EQ(
        post(change().with("X-Test-Session", "bearer").with("Sec-Fetch-Site", "cross-site")),
        Status::no_content
    );
    // The header alone proves nothing: nobody was signed in by it.
    EXPECT_EQ(
        post(change().with("Authorization", "Bearer x").with("Sec-Fetch-Site", "cross-site")),
        Status::forbidden
    );
}

TEST_F(CsrfMiddleware, leaves_those_who_must_sign_in_first_to_the_guard) {
    const RawRequest guarded(Method::post, "/guarded");

    EXPECT_EQ(post(guarded), Status::unauthorized);
    EXPECT_EQ(post(RawRequest(guarded).with("X-Test-Session", "cookie")), Status::forbidden);
}

TEST_F(CsrfMiddleware, lets_a_route_take_clients_without_headers) {
    EXPECT_EQ(post(RawRequest(Method::post, "/headerless")), Status::no_content);
    EXPECT_EQ(post(change()), Status::forbidden);
    EXPECT_EQ(
        post(RawRequest(Method::post, "/headerless").with("Origin", "https://evil.example")),
        Status::forbidden
    );
}

TEST_F(CsrfMiddleware, gives_handlers_a_token_that_it_takes) {
    const auto made = app_.answer_at_once(RawRequest(Method::get, "/token").with("X-Test-Session", "cookie"));
    const auto for_flow =
        app_.answer_at_once(RawRequest(Method::get, "/token").with("X-Test-Flow", "flow-1"));
    const auto for_nobody = app_.answer_at_once(RawRequest(Method::get, "/token"));

    EXPECT_EQ(
        post(change().with("X-Test-Session", "cookie").with("X-CSRF-Token", made->body())), Status::no_content
    );
    EXPECT_EQ(
        post(change().with("X-Test-Flow", "flow-1").with("X-CSRF-Token", for_flow->body())),
        Status::no_content
    );
    EXPECT_EQ(for_nobody->body(), "");
}

}  // namespace
}  // namespace cardea::web
