// SPDX-License-Identifier: Apache-2.0
// What only sessions in a store can promise.
#include "cardea/stores/memory_one_time_store.h"
#include "cardea/stores/memory_session_store.h"
#include "cardea/web/detail/visitors.h"
#include "cardea/web/sessions.h"
#include "tests/support/session_program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <set>

namespace cardea::web {
namespace {

using http::Status;
using testing::AppClient;
using testing::SessionProgram;

constexpr const char* secret = testing::app_secret;

/// An App in which one request of a browser does something in the middle of another one.
struct TwoAtOnce {
    TwoAtOnce() {
        app.use(sessions({.secret = SecretText(secret), .store = memory_store()}));
        app.get("/begin", [](Session& session) {
            session.set("a", 1);
            return "begun";
        });
        app.get("/a", [](Session& session) {
            const std::optional<int> value = session.get<int>("a");
            return value ? std::to_string(*value) : "none";
        });
    }
    void begin() {
        ASSERT_TRUE(app.start());
        client.get("/begin");
        other.cookies = client.cookies;
    }

    FakeClock clock;
    FakeRandom random;
    App app{{.clock = &clock, .random = &random}};
    AppClient client{app};
    AppClient other{app};
};

/// A program with a signed-in user, whose cookie somebody else has too.
struct Robbed {
    Robbed() {
        program.client.post("/sign-in");
        thief.cookies = program.client.cookies;
        EXPECT_EQ(thief.get("/who").body(), "Ada");
    }

    FakeClock clock;
    FakeRandom random;
    SessionProgram program{{.secret = SecretText(secret), .store = memory_store()}, clock, random};
    AppClient thief{program.app};
};

TEST(StoreSessions, are_dead_from_the_sign_out_on_whoever_has_the_cookie) {
    Robbed robbed;

    robbed.program.client.post("/sign-out");

    EXPECT_EQ(robbed.thief.get("/who").body(), "nobody");
}

TEST(StoreSessions, are_dead_under_their_old_cookie_once_they_were_rotated) {
    Robbed robbed;

    robbed.program.client.get("/rotate");

    EXPECT_EQ(robbed.thief.get("/who").body(), "nobody");
    EXPECT_EQ(robbed.program.client.get("/who").body(), "Ada");
}

TEST(StoreSessions, end_at_a_sign_in_though_another_request_just_changed_their_token) {
    TwoAtOnce two;
    two.app.get("/rotate", [](Session& session) {
        session.rotate();
        return "rotated";
    });
    two.app.get("/sign-in", [&two](Session& session) {
        session.sign_in({.id = "7", .name = "Ada", .scopes = {}});
        two.other.get("/rotate");
        return "in";
    });
    two.begin();

    EXPECT_EQ(two.client.get("/sign-in").body(), "in");

    EXPECT_EQ(two.other.get("/a").body(), "none");
}

TEST(StoreSessions, give_out_43_random_characters) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program({.secret = SecretText(secret), .store = memory_store()}, clock, random);
    program.client.post("/sign-in");

    EXPECT_EQ(program.client.cookies["session"].size(), 43U);
}

TEST(StoreSessions, do_not_come_back_to_life_under_a_request_that_was_under_way) {
    TwoAtOnce two;
    two.app.get("/end", [](Session& session) {
        session.clear();
        return "ended";
    });
    two.app.get("/late", [&two](Session& session) {
        session.set("b", 2);
        two.other.get("/end");
        return "late";
    });
    two.begin();

    EXPECT_EQ(two.client.get("/late").status(), Status::unauthorized);
    EXPECT_EQ(two.other.get("/begin").status(), Status::ok);
}

TEST(StoreSessions, keep_the_changes_of_two_requests_at_once) {
    TwoAtOnce two;
    two.app.get("/inner", [](Session& session) {
        session.set("a", 2);
        return "inner";
    });
    two.app.get("/outer", [&two](Session& session) {
        session.set("b", 3);
        two.other.get("/inner");
        return "outer";
    });
    two.app.get("/b", [](Session& session) { return std::to_string(session.get<int>("b").value_or(0)); });
    two.begin();

    EXPECT_EQ(two.client.get("/outer").status(), Status::ok);
    EXPECT_EQ(two.client.get("/a").body(), "2");
    EXPECT_EQ(two.client.get("/b").body(), "3");
}

TEST(StoreSessions, of_visitors_who_are_gone_are_all_swept_away) {
    constexpr int visitors = 2500;
    FakeClock clock;
    FakeRandom random;
    stores::MemoryOneTimeStore one_time;
    const auto store = std::make_shared<stores::MemorySessionStore>(one_time);
    App app({.clock = &clock, .random = &random});
    std::unique_ptr<Middleware> keeper =
        sessions({.secret = SecretText(secret), .store = [store] { return store; }});
    Middleware& housekeeping = *keeper;
    app.use(std::move(keeper));
    app.get("/", [](Session& session) {
        session.set("seen", true);
        return "hello";
    });
    ASSERT_TRUE(app.start());
    for (int i = 0; i < visitors; ++i) {
        AppClient(app).get("/");
    }

    clock.advance(std::chrono::hours(2));
    testing::run(housekeeping.maintain());

    EXPECT_EQ(testing::run(store->purge_expired(clock.now(), visitors)).value(), 0U);
}

/// What is left of the sessions of 40 visitors and one user, where 20 visitors are kept.
void expect_bounded(SessionStoreFactory store) {
    FakeClock clock;
    FakeRandom random;
    SessionProgram program(
        {.secret = SecretText(secret), .store = std::move(store), .max_visitors = 20}, clock, random
    );
    program.client.post("/sign-in");
    std::deque<AppClient> visitors;
    for (int i = 0; i < 40; ++i) {
        clock.advance(std::chrono::seconds(1));
        visitors.emplace_back(program.app).get("/set?value=here");
    }

    int kept = 0;
    for (AppClient& visitor : visitors) {
        kept += visitor.get("/value").body() == "here" ? 1 : 0;
    }

    EXPECT_EQ(kept, 20);
    EXPECT_EQ(visitors.front().get("/value").body(), "none");
    EXPECT_EQ(visitors.back().get("/value").body(), "here");
    EXPECT_EQ(program.client.get("/who").body(), "Ada");
}

TEST(StoreSessions, of_visitors_in_memory_are_no_more_than_they_may_be) {
    expect_bounded(memory_store());
}

TEST(StoreSessions, of_visitors_in_a_file_are_no_more_than_they_may_be) {
    const testing::TemporaryFolder folder;
    expect_bounded(sqlite_store(folder.path() / "sessions.db"));
}

TEST(StoreSessions, in_a_file_that_another_program_has_do_not_start) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "sessions.db";
    const auto start = [&] {
        auto app = std::make_unique<App>();
        app->use(sessions({.secret = SecretText(secret), .store = sqlite_store(file)}));
        const Result<> started = app->start();
        return std::pair(std::move(app), started ? std::string() : started.error().context);
    };
    {
        const auto first = start();
        EXPECT_EQ(first.second, "");
        EXPECT_THAT(start().second, ::testing::HasSubstr("sessions.db is in use by process"));
    }

    EXPECT_EQ(start().second, "");
}

TEST(StoreSessions, of_visitors_are_spread_so_that_none_is_looked_for_among_many) {
    SystemRandom random;
    for (const std::size_t max : {1U, 127U, 128U, 300U, 10'000U, 1'000'000U}) {
        const detail::Visitors visitors(max);
        std::set<AccountId> accounts;
        for (int i = 0; i < 2000; ++i) {
            accounts.insert(visitors.account(random));
        }
        EXPECT_LE(accounts.size() * visitors.limit(), max);
        EXPECT_GT(accounts.size() * visitors.limit(), max - accounts.size());
    }
}

TEST(StoreSessions, that_nobody_changed_are_not_written) {
    FakeClock clock;
    FakeRandom random;
    stores::MemoryOneTimeStore one_time;
    const auto store = std::make_shared<stores::MemorySessionStore>(one_time);
    App app({.clock = &clock, .random = &random});
    app.use(sessions({.secret = SecretText(secret), .store = [store] { return store; }}));
    app.get("/", [](Session& session) {
        std::ignore = session.get<bool>("seen");
        session.erase("seen");
        session.clear();
        session.rotate();
        return session.take_flashes().empty() ? "hello" : "";
    });
    ASSERT_TRUE(app.start());
    AppClient client(app);
    client.get("/");

    EXPECT_TRUE(client.cookies.empty());
    clock.advance(std::chrono::hours(48));
    EXPECT_EQ(testing::run(store->purge_expired(clock.now(), 1)).value(), 0U);
}

}  // namespace
}  // namespace cardea::web
