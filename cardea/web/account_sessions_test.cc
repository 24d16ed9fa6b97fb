// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/account_sessions.h"

#include "cardea/stores/memory_session_store.h"
#include "cardea/web/app.h"
#include "cardea/web/response.h"
#include "tests/support/people.h"
#include "tests/support/raw_request.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Method;
using http::Response;
using http::Status;
using testing::People;
using testing::Person;
using testing::RawRequest;

class AccountSessions : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(account_sessions(service_, cookie_));
        app_.get("/me", requires_account_session(), [](Request& request) {
            return json(request.subject<Person>().name);
        });
        app_.get("/page", requires_account_session({.redirect = "/login"}), [](Request&) {
            return page("in");
        });
        app_.get("/login", [](Request&) { return page("sign in"); });
        app_.get("/open", [](Request& request) {
            return json(request.account_session() != nullptr ? "1" : "0");
        });
        app_.get(
                "/anonymous",
                [](Request& request) { return json(request.account_session() != nullptr ? "1" : "0"); }
        ).anonymous();
        app_.get(
                "/verify",
                [](Request& request) { return json(request.account_session() != nullptr ? "1" : "0"); }
        ).ignoring_credential_errors();
        ASSERT_TRUE(app_.start());
    }

    std::string issue(session::Transport transport) {
        session::NewSession wish;
        wish.account = AccountId::make(random_);
        wish.transport = transport;
        Result<session::IssuedSession> issued = testing::run(service_.issue(std::move(wish)));
        EXPECT_TRUE(issued);
        return std::string(issued->token.text().expose());
    }

    /// The answer as the engine gets it: at once if possible, else by waiting.
    Response answer(const http::Request& request) {
        std::optional<Response> at_once = app_.answer_at_once(request);
        return at_once ? std::move(*at_once) : testing::run(app_.answer(request));
    }

    stores::MemoryOneTimeStore one_time_;
    stores::MemorySessionStore store_{one_time_};
    People people_;
    FakeClock clock_;
    FakeRandom random_;
    session::SessionService service_{{store_, people_, clock_, random_}, {}};
    session::SessionCookie cookie_ = session::SessionCookie::make({}).value();
    App app_;
};

TEST_F(AccountSessions, know_the_holder_of_a_cookie_at_once_after_the_first_request) {
    const std::string header = "theme=dark; __Host-cardea-session=" + issue(session::Transport::cookie);
    const RawRequest request = RawRequest(Method::get, "/me").with("Cookie", header);

    EXPECT_FALSE(app_.answer_at_once(request));
    EXPECT_EQ(testing::run(app_.answer(request)).body(), "Ada");

    const std::optional<Response> again = app_.answer_at_once(request);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->body(), "Ada");
}

TEST_F(AccountSessions, know_the_holder_of_a_bearer_token) {
    const std::string header = "Bearer " + issue(session::Transport::bearer);

    EXPECT_EQ(answer(RawRequest(Method::get, "/me").with("Authorization", header)).body(), "Ada");
}

TEST_F(AccountSessions, refuse_a_token_that_came_by_the_other_transport) {
    const std::string as_bearer = "Bearer " + issue(session::Transport::cookie);
    const std::string as_cookie = "__Host-cardea-session=" + issue(session::Transport::bearer);

    EXPECT_EQ(
        answer(RawRequest(Method::get, "/me").with("Authorization", as_bearer)).status(), Status::unauthorized
    );
    EXPECT_EQ(
        answer(RawRequest(Method::get, "/me").with("Cookie", as_cookie)).status(), Status::unauthorized
    );
}

TEST_F(AccountSessions, answer_401_without_one) {
    const Response response = answer(RawRequest(Method::get, "/me"));

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_EQ(response.header("WWW-Authenticate"), R"(Bearer realm="cardea")");
}

TEST_F(AccountSessions, tell_the_log_which_clock_ended_one_and_the_client_nothing) {
    std::string why;
    AppOptions options;
    options.reference = [&why](const Problem& problem) {
        why = problem.context;
        return ProblemReference{};
    };
    App app(std::move(options));
    app.use(account_sessions(service_, cookie_));
    app.get("/me", requires_account_session(), [](Request&) { return json("in"); });
    ASSERT_TRUE(app.start());
    const auto ask = [&](const std::string& token) {
        const std::string header = "Bearer " + token;
        return testing::run(app.answer(RawRequest(Method::get, "/me").with("Authorization", header)));
    };
    const std::string idle = issue(session::Transport::bearer);
    const std::string used = issue(session::Transport::bearer);

    clock_.advance(std::chrono::hours(1));
    const Response by_idle = ask(idle);
    EXPECT_EQ(why, "session_idle");
    clock_.advance(std::chrono::hours(23));
    const Response by_absolute = ask(used);
    EXPECT_EQ(why, "session_absolute");
    const Response unknown = ask(std::string(43, 'A'));
    EXPECT_EQ(why, "no such session");

    for (const Response* response : {&by_idle, &by_absolute}) {
        EXPECT_EQ(response->status(), Status::unauthorized);
        EXPECT_EQ(response->body(), unknown.body());
        EXPECT_EQ(response->header("WWW-Authenticate"), unknown.header("WWW-Authenticate"));
    }
}

TEST_F(AccountSessions, send_browsers_to_sign_in_and_back) {
    const RawRequest browser = RawRequest(Method::get, "/page?a=1&b=2").with("Accept", "text/html");

    const Response redirected = answer(browser);
    const Response refused = answer(RawRequest(Method::get, "/page"));

    EXPECT_EQ(redirected.status(), Status::see_other);
    EXPECT_EQ(redirected.header("Location"), "/login?next=%2Fpage%3Fa%3D1%26b%3D2");
    EXPECT_EQ(refused.status(), Status::unauthorized);
}

TEST_F(AccountSessions, answer_400_to_two_credentials_at_once) {
    const RawRequest both = RawRequest(Method::get, "/open")
                                .with("Cookie", "__Host-cardea-session=x")
                                .with("Authorization", "Bearer y");

    EXPECT_EQ(answer(both).status(), Status::bad_request);
}

TEST_F(AccountSessions, answer_503_when_the_session_cannot_be_looked_up) {
    const std::string header = "__Host-cardea-session=" + issue(session::Transport::cookie);
    people_.failure = Errc::store_unavailable;

    EXPECT_EQ(
        answer(RawRequest(Method::get, "/open").with("Cookie", header)).status(), Status::service_unavailable
    );
    EXPECT_EQ(answer(RawRequest(Method::get, "/verify").with("Cookie", header)).body(), "0");
}

TEST_F(AccountSessions, treat_disabled_accounts_as_nobody) {
    const std::string header = "__Host-cardea-session=" + issue(session::Transport::cookie);
    people_.failure = Errc::account_disabled;

    EXPECT_EQ(answer(RawRequest(Method::get, "/open").with("Cookie", header)).body(), "0");
}

TEST_F(AccountSessions, look_at_no_cookie_on_anonymous_routes) {
    const std::string header = "__Host-cardea-session=" + issue(session::Transport::cookie);
    const RawRequest request = RawRequest(Method::get, "/anonymous").with("Cookie", header);

    const std::optional<Response> response = app_.answer_at_once(request);

    ASSERT_TRUE(response);
    EXPECT_EQ(response->body(), "0");
}

}  // namespace
}  // namespace cardea::web
