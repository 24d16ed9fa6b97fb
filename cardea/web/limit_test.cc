// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/limit.h"

#include "cardea/web/app.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using testing::RawRequest;

constexpr const char* secret = testing::app_secret;

class Limits : public ::testing::Test {
 protected:
    int allowed(std::string_view target) {
        int count = 0;
        while (count < 100 && client_.get(target).status() != Status::too_many_requests) {
            ++count;
        }
        return count;
    }

    FakeClock clock_;
    FakeRandom random_;
    App app_{{.clock = &clock_, .random = &random_}};
    AppClient client_{app_};
};

std::string ok() {
    return "ok";
}

TEST_F(Limits, refuse_with_the_sentence_and_when_to_come_back) {
    app_.get("/", limit("3/minute"), ok);
    ASSERT_TRUE(app_.start());
    EXPECT_THAT(client_.get("/").header("RateLimit"), HasSubstr("r=2"));
    EXPECT_EQ(allowed("/"), 2);

    const http::Response response = client_.get("/");

    EXPECT_EQ(response.status(), Status::too_many_requests);
    EXPECT_THAT(std::string(response.body()), HasSubstr(R"("detail":"Rate limit exceeded: 3 per 1 minute")"));
    EXPECT_EQ(response.header("Retry-After"), "20");
    EXPECT_THAT(response.header("RateLimit-Policy"), HasSubstr("q=3;w=60"));
    clock_.advance(std::chrono::seconds(20));
    EXPECT_EQ(allowed("/"), 1);
}

TEST_F(Limits, take_nobodys_word_on_the_address) {
    app_.get("/", limit("2/hour"), ok);
    ASSERT_TRUE(app_.start());
    int allowed = 0;
    for (int i = 0; i < 5; ++i) {
        const std::string made_up = "192.0.2." + std::to_string(i);
        const http::Response response = client_.send(RawRequest(http::Method::get, "/")
                                                         .with("X-Forwarded-For", made_up)
                                                         .with("Forwarded", "for=" + made_up)
                                                         .with("X-Real-IP", made_up));
        allowed += response.status() == Status::ok ? 1 : 0;
    }

    EXPECT_EQ(allowed, 2);
}

TEST_F(Limits, of_one_route_leave_the_others_alone) {
    app_.get("/limited", limit("2/hour"), ok);
    app_.get("/free", ok);
    ASSERT_TRUE(app_.start());

    EXPECT_EQ(allowed("/limited"), 2);
    EXPECT_EQ(allowed("/free"), 100);
}

TEST_F(Limits, of_the_app_count_all_routes_together) {
    app_.use(limit("3/hour"));
    app_.get("/a", ok);
    app_.get("/b", ok);
    ASSERT_TRUE(app_.start());

    EXPECT_EQ(allowed("/a"), 3);
    EXPECT_EQ(allowed("/b"), 0);
}

TEST_F(Limits, tell_of_the_one_that_refuses) {
    app_.use(limit("100/day"));
    app_.get("/", limit("1/hour"), ok);
    ASSERT_TRUE(app_.start());

    EXPECT_THAT(client_.get("/").header("RateLimit-Policy"), HasSubstr("q=1;w=3600"));
    EXPECT_THAT(client_.get("/").header("RateLimit-Policy"), HasSubstr("q=1;w=3600"));
}

TEST_F(Limits, count_only_failures_where_told_so) {
    app_.get("/", limit("2/hour", {.counts = LimitCounts::failures}), [](Request& request) {
        return request.http().query == "bad" ? request.refuse(Errc::credentials_wrong) : Response("ok");
    });
    ASSERT_TRUE(app_.start());

    EXPECT_EQ(allowed("/"), 100);
    EXPECT_EQ(allowed("/?bad"), 2);
    EXPECT_EQ(allowed("/"), 0);
}

TEST_F(Limits, by_user_follow_the_user_and_not_the_address) {
    app_.use(sessions({.secret = SecretText(secret)}));
    app_.get("/", limit("2/hour", {.by = LimitBy::user}), ok);
    app_.get("/sign-in/{id}", [](Request& request) {
        request.session().sign_in({.id = std::string(request.param("id")), .name = "", .scopes = {}});
        return "in";
    });
    ASSERT_TRUE(app_.start());

    EXPECT_EQ(allowed("/"), 2);
    client_.get("/sign-in/1");
    EXPECT_EQ(allowed("/"), 2);
    client_.get("/sign-in/2");
    EXPECT_EQ(allowed("/"), 2);
    client_.get("/sign-in/1");
    EXPECT_EQ(allowed("/"), 0);
}

TEST_F(Limits, by_address_and_user_stop_at_whichever_is_first) {
    app_.use(sessions({.secret = SecretText(secret)}));
    app_.get("/", limit("3/hour", {.by = LimitBy::address_and_user}), ok);
    app_.get("/sign-in/{id}", [](Request& request) {
        request.session().sign_in({.id = std::string(request.param("id")), .name = "", .scopes = {}});
        return "in";
    });
    ASSERT_TRUE(app_.start());

    client_.get("/sign-in/1");
    EXPECT_EQ(client_.get("/").status(), Status::ok);
    client_.get("/sign-in/2");
    EXPECT_EQ(allowed("/"), 2);
}

TEST_F(Limits, of_failures_count_what_a_sign_in_that_redirects_calls_one) {
    app_.post("/login", limit("2/hour", {.counts = LimitCounts::failures}), [](Request& request) {
        request.count_as_failure();
        return redirect_to("/login?again");
    });
    ASSERT_TRUE(app_.start());

    EXPECT_EQ(client_.post("/login").status(), Status::see_other);
    EXPECT_EQ(client_.post("/login").status(), Status::see_other);
    EXPECT_EQ(client_.post("/login").status(), Status::too_many_requests);
}

TEST(LimitByUser, where_nobody_can_tell_who_asks_does_not_start) {
    for (const LimitBy by : {LimitBy::user, LimitBy::address_and_user}) {
        App route;
        route.get("/", limit("5/minute", {.by = by}), ok);
        App all;
        all.use(limit("5/minute", {.by = by}));

        EXPECT_THAT(route.start().error().context, HasSubstr("counts by user"));
        EXPECT_THAT(all.start().error().context, HasSubstr("counts by user"));
    }
}

TEST(LimitText, that_is_not_understood_does_not_start) {
    for (const char* text : {"5/min", "5", "5/minute;", "1/fortnight", ""}) {
        App route;
        route.get("/", limit(text), ok);
        App all;
        all.use(limit(text));

        EXPECT_EQ(route.start().error().code, Errc::config) << text;
        EXPECT_THAT(all.start().error().context, HasSubstr("limit(\"")) << text;
    }
}

}  // namespace
}  // namespace cardea::web
