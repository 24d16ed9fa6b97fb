// SPDX-License-Identifier: Apache-2.0
// What the clock decides, and what a form says when it is shown again; tests/browser has the pages
// themselves.
#include "cardea/identity/site.h"
#include "cardea/identity/system.h"
#include "tests/support/app_client.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

using http::Status;
using testing::AppClient;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view good = "login=anna%40example.com&password=tangerine+parasol+42";
constexpr std::string_view wrong = "login=anna%40example.com&password=another+parasol+43";

std::string text(const http::Response& response) {
    return std::string(response.body());
}

class SignInPagesTest : public ::testing::Test {
 protected:
    SignInPagesTest() {
        stores::SqliteStores stores = stores::open_sqlite(folder_.path() / "cardea.db").value();
        system_ = System::make({keyring_, clock_, random_}, options(), std::move(stores)).value();
        site_ = std::make_unique<Site>(system_->services(), ForwardAuth::Options{.public_url = origin});
        site_->add_to(app_, http::parse_url(origin)->origin());
        EXPECT_TRUE(app_.start());
    }

    static SystemOptions options() {
        SystemOptions options;
        options.registration = account::RegistrationMode::open;
        options.https = false;
        options.passwords = {
            .hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}},
            .policy = {.min_code_points = 15},
            .threads = 1
        };
        return options;
    }
    void register_anna() {
        AppClient browser(app_);
        browser.get("/register");
        EXPECT_EQ(browser.post("/register", good).status(), Status::see_other);
    }

    static constexpr const char* origin = "http://localhost:8000";
    testing::TemporaryFolder folder_;
    FakeClock clock_;
    SystemRandom random_;
    crypto::Keyring keyring_ =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    std::unique_ptr<System> system_;
    std::unique_ptr<Site> site_;
    web::App app_{{.public_url = origin}};
};

TEST_F(SignInPagesTest, a_form_that_stood_open_for_days_signs_in_and_leads_where_it_should) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login?next=/account/sessions");
    clock_.advance(std::chrono::hours(70));

    const http::Response response = browser.post("/login", std::string(good) + "&next=%2Faccount%2Fsessions");

    EXPECT_EQ(response.status(), Status::see_other);
    EXPECT_EQ(response.header("Location"), "/account/sessions");
    EXPECT_EQ(browser.get("/account").status(), Status::ok);
}

TEST_F(SignInPagesTest, a_form_whose_cookie_is_gone_signs_in) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    browser.cookies.clear();

    EXPECT_EQ(browser.post("/login", good).header("Location"), "/account");
}

TEST_F(SignInPagesTest, a_registration_form_that_stood_open_for_days_makes_the_account) {
    AppClient browser(app_);
    browser.get("/register");
    clock_.advance(std::chrono::hours(70));

    EXPECT_EQ(browser.post("/register", good).header("Location"), "/login?notice=registered");
}

TEST_F(SignInPagesTest, a_form_that_did_not_work_keeps_the_name_and_where_it_leads) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login?next=/account/sessions");

    const http::Response response =
        browser.post("/login", std::string(wrong) + "&next=%2Faccount%2Fsessions");

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_THAT(text(response), HasSubstr("<title>Problem: Sign in"));
    EXPECT_THAT(text(response), HasSubstr(R"(value="anna@example.com")"));
    EXPECT_THAT(text(response), HasSubstr(R"(type="hidden" name="next" value="/account/sessions")"));
    EXPECT_THAT(text(response), Not(HasSubstr("parasol")));
}

TEST_F(SignInPagesTest, a_form_that_was_sent_before_says_so_and_the_next_one_works) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    const auto form_cookies = browser.cookies;
    browser.post("/login", good);
    browser.cookies = form_cookies;

    const http::Response again = browser.post("/login", good);

    EXPECT_THAT(text(again), HasSubstr("This form was sent before."));
    EXPECT_THAT(text(again), HasSubstr(R"(value="anna@example.com")"));
    EXPECT_EQ(browser.post("/login", good).status(), Status::see_other);
}

TEST_F(SignInPagesTest, a_form_leads_to_no_other_site_whatever_it_holds) {
    register_anna();
    AppClient browser(app_);

    const http::Response response = browser.post("/login", std::string(good) + "&next=%2F%2Fevil.example%2F");

    EXPECT_EQ(response.header("Location"), "/");
}

TEST_F(SignInPagesTest, whoever_registered_finds_the_name_in_the_sign_in_form) {
    AppClient browser(app_);
    browser.get("/register?next=/account/sessions");

    const http::Response registered =
        browser.post("/register", std::string(good) + "&next=%2Faccount%2Fsessions");
    const std::string page = text(browser.get(registered.header("Location")));

    EXPECT_EQ(registered.header("Location"), "/login?notice=registered&next=%2Faccount%2Fsessions");
    EXPECT_THAT(page, HasSubstr(R"(value="anna@example.com")"));
    EXPECT_THAT(page, HasSubstr(R"(type="hidden" name="next" value="/account/sessions")"));
}

TEST_F(SignInPagesTest, the_length_that_the_policy_asks_for_is_said_before_and_after) {
    AppClient browser(app_);

    const std::string before = text(browser.get("/register"));
    const http::Response refused = browser.post("/register", "login=anna&password=too+short");
    const http::Response over_json =
        browser.post_json("/api/v1/register", R"({"username":"anna","password":"too short"})");

    EXPECT_THAT(before, HasSubstr("At least 15 characters."));
    EXPECT_EQ(refused.status(), Status::unprocessable_content);
    EXPECT_THAT(text(refused), HasSubstr("Please use at least 15 characters."));
    EXPECT_THAT(text(over_json), HasSubstr("Please use at least 15 characters."));
}

TEST_F(SignInPagesTest, too_many_tries_are_told_how_long_to_wait) {
    register_anna();
    AppClient browser(app_);
    browser.get("/login");
    http::Response response(Status::ok);
    for (int i = 0; i < 12 && response.status() != Status::too_many_requests; ++i) {
        response = browser.post("/login", wrong);
    }

    EXPECT_EQ(response.status(), Status::too_many_requests);
    EXPECT_THAT(
        text(response), HasSubstr("Please wait " + std::string(response.header("Retry-After")) + " second")
    );
}

}  // namespace
}  // namespace cardea::identity
