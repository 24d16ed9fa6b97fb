// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/http_basic.h"

#include "cardea/base/base64url.h"
#include "cardea/web/app.h"
#include "tests/support/app_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

namespace cardea::web {
namespace {

using http::Response;
using http::Status;
using testing::AppClient;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using testing::RawRequest;

/// A program whose passwords are counted when they are checked.
class BasicGuesses : public ::testing::Test {
 protected:
    void SetUp() override {
        const auto check = [this](std::string name, SecretText password) {
            return answer(std::move(name), std::move(password));
        };
        app_.use(authentication(http_basic(check, "Test", {.wrong_passwords = "5/minute"})));
        app_.get("/mine", requires_scopes("authenticated"), [](const User& user) { return user.id; });
        app_.get("/open", [] { return "open"; });
        const Result<> started = app_.start();
        ASSERT_TRUE(started) << started.error().context;
    }

    Task<Result<User>> answer(std::string name, SecretText password) {
        ++checked_;
        if (const std::function<void()> meanwhile = std::exchange(meanwhile_, nullptr)) {
            meanwhile();
        }
        if (outage_) {
            co_return fail(*outage_);
        }
        if (password.expose() != password_) {
            co_return fail(wrong_);
        }
        co_return User{.id = name, .name = name, .scopes = {}};
    }
    Response ask(std::string_view name, std::string_view password, std::string_view path = "/mine") {
        const std::string pair = std::string(name).append(":").append(password);
        RawRequest request(http::Method::get, path);
        const std::string header = "Basic " + base64_encode(as_bytes(pair));
        request.with("Authorization", header);
        http::Request raw = request;
        raw.client_address = address_;
        return testing::run(app_.answer(raw));
    }
    /// Asks that many times, each while the one before is under way.
    std::vector<Status> ask_at_once(int times, std::string_view name, std::string_view password) {
        std::vector<Status> statuses;
        std::function<void()> next = [&] {
            if (--times > 0) {
                meanwhile_ = next;
            }
            statuses.push_back(ask(name, password).status());
        };
        next();
        meanwhile_ = nullptr;
        return statuses;
    }
    /// How many wrong passwords are looked at before one is turned away.
    int guesses(std::string_view name) {
        int count = 0;
        while (count < 100 && ask(name, "wrong").status() == Status::unauthorized) {
            ++count;
        }
        return count;
    }

    FakeClock clock_;
    FakeRandom random_;
    std::string_view address_ = "192.0.2.7";
    std::string password_ = "right";
    Errc wrong_ = Errc::credentials_wrong;
    std::optional<Errc> outage_;
    std::function<void()> meanwhile_;  ///< happens while the next password is compared
    int checked_ = 0;
    App app_{{.clock = &clock_, .random = &random_}};
};

TEST_F(BasicGuesses, are_refused_with_when_to_come_back_and_not_checked) {
    EXPECT_EQ(guesses("ada"), 5);

    const Response response = ask("ada", "wrong");

    EXPECT_EQ(response.status(), Status::too_many_requests);
    EXPECT_EQ(response.header("Retry-After"), "12");
    EXPECT_EQ(ask("ada", "wrong", "/open").status(), Status::too_many_requests);
    EXPECT_EQ(checked_, 5);
    clock_.advance(std::chrono::seconds(12));
    EXPECT_EQ(guesses("ada"), 1);
}

TEST_F(BasicGuesses, count_for_the_address_whatever_the_names_are) {
    EXPECT_EQ(guesses("ada"), 5);

    EXPECT_EQ(ask("grace", "wrong").status(), Status::too_many_requests);
    address_ = "192.0.2.8";
    EXPECT_EQ(ask("grace", "wrong").status(), Status::unauthorized);
}

TEST_F(BasicGuesses, count_for_the_name_wherever_they_come_from) {
    EXPECT_EQ(guesses("ada"), 5);

    address_ = "192.0.2.8";
    EXPECT_EQ(ask("ada", "right").status(), Status::too_many_requests);
}

TEST_F(BasicGuesses, count_for_the_name_however_it_is_spelled) {
    EXPECT_EQ(guesses("Zo\u00c9"), 5);

    address_ = "192.0.2.8";
    EXPECT_EQ(ask("zo\u00e9", "wrong").status(), Status::too_many_requests);
    address_ = "192.0.2.9";
    EXPECT_EQ(guesses("Ada@Example.com"), 5);
    address_ = "192.0.2.10";
    EXPECT_EQ(ask("ada@example.com", "wrong").status(), Status::too_many_requests);
}

TEST_F(BasicGuesses, of_others_keep_nobody_out_where_they_are_known) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");
    address_ = "192.0.2.8";
    EXPECT_EQ(guesses("ada"), 5);

    address_ = "192.0.2.7";
    EXPECT_EQ(ask("ada", "right").body(), "ada");
}

TEST_F(BasicGuesses, are_not_told_which_was_right_while_its_owner_is_known_elsewhere) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");
    address_ = "192.0.2.8";
    EXPECT_EQ(guesses("ada"), 5);

    address_ = "192.0.2.9";
    EXPECT_EQ(ask("ada", "right").status(), Status::too_many_requests);
    EXPECT_EQ(ask("ada", "wrong").status(), Status::too_many_requests);
}

TEST_F(BasicGuesses, count_where_the_owner_is_known_too) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");
    password_ = "changed";

    EXPECT_EQ(guesses("ada"), 5);
    EXPECT_EQ(ask("ada", "right").status(), Status::too_many_requests);
    EXPECT_EQ(checked_, 6);
}

TEST_F(BasicGuesses, keep_nobody_out_who_goes_on_being_right) {
    for (int i = 0; i < 6; ++i) {
        EXPECT_EQ(ask("ada", "right").body(), "ada");
        clock_.advance(std::chrono::minutes(50));
    }
    address_ = "192.0.2.8";
    EXPECT_EQ(guesses("ada"), 5);

    address_ = "192.0.2.7";
    EXPECT_EQ(ask("ada", "right").body(), "ada");
}

TEST_F(BasicGuesses, of_others_count_where_nobody_was_right_for_long) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");
    clock_.advance(std::chrono::hours(2));
    address_ = "192.0.2.8";
    EXPECT_EQ(guesses("ada"), 5);

    address_ = "192.0.2.7";
    EXPECT_EQ(ask("ada", "right").status(), Status::too_many_requests);
}

TEST_F(BasicGuesses, are_not_what_is_right_or_cannot_be_told) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(ask("user" + std::to_string(i), "right").status(), Status::ok);
    }
    outage_ = Errc::busy;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(ask("ada", "wrong").status(), Status::service_unavailable);
    }
    outage_.reset();
    EXPECT_EQ(guesses("ada"), 5);
}

TEST_F(BasicGuesses, are_not_what_is_right_and_under_way) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");

    EXPECT_THAT(ask_at_once(50, "ada", "right"), Each(Status::ok));

    EXPECT_EQ(checked_, 51);
    EXPECT_EQ(guesses("ada"), 5);
    EXPECT_EQ(ask("ada", "right").status(), Status::too_many_requests);
}

TEST_F(BasicGuesses, leave_places_to_others_though_they_are_right) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");

    const std::vector<Status> statuses = ask_at_once(65, "ada", "right");

    EXPECT_THAT(statuses, Contains(Status::ok).Times(64));
    EXPECT_THAT(statuses, Contains(Status::service_unavailable).Times(1));
    EXPECT_THAT(ask_at_once(50, "ada", "right"), Each(Status::ok));
}

TEST_F(BasicGuesses, at_once_are_no_more_than_one_after_the_other) {
    EXPECT_THAT(ask_at_once(50, "grace", "wrong"), Contains(Status::unauthorized).Times(5));
    address_ = "192.0.2.8";
    EXPECT_EQ(ask("ada", "right").body(), "ada");

    EXPECT_THAT(ask_at_once(50, "ada", "wrong"), Contains(Status::unauthorized).Times(5));
}

TEST_F(BasicGuesses, begin_with_a_password_that_is_right_no_more) {
    EXPECT_EQ(ask("ada", "right").body(), "ada");
    password_ = "changed";
    checked_ = 0;

    std::ignore = ask_at_once(3, "ada", "right");
    EXPECT_EQ(guesses("ada"), 2);
    EXPECT_EQ(checked_, 5);
}

TEST_F(BasicGuesses, say_the_same_whatever_the_check_says) {
    for (const Errc code :
         {Errc::not_found, Errc::password_too_long, Errc::account_disabled, Errc::invalid}) {
        wrong_ = code;
        clock_.advance(std::chrono::minutes(1));
        const Response response = ask("ada", "wrong");
        EXPECT_EQ(response.status(), Status::unauthorized) << name(code);
        EXPECT_EQ(ask("ada", "wrong", "/open").body(), "open") << name(code);
    }
}

TEST(BasicOptions, that_are_not_understood_do_not_start) {
    App app;
    app.use(authentication(http_basic(nullptr, "Test", {.wrong_passwords = "5/min"})));

    EXPECT_THAT(app.start().error().context, HasSubstr("http_basic: wrong passwords \"5/min\""));
}

}  // namespace
}  // namespace cardea::web
