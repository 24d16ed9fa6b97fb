// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/breached_passwords.h"

#include "cardea/password/breach_query.h"
#include "tests/support/account_world.h"
#include "tests/support/fake_http.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::FakeHttp;
using testing::run;

class BreachedPasswordsTest : public ::testing::Test {
 protected:
    BreachedPasswordsTest() { answer_with(""); }

    void answer_with(std::string body, int status = 200) { http_.on(url(), std::move(body), status); }
    std::string url() const { return "https://api.pwnedpasswords.com/range/" + std::string(query_.prefix()); }
    BreachedPasswords breaches(WhenUnavailable when_unavailable = WhenUnavailable::allow) {
        BreachOptions options;
        options.when_unavailable = when_unavailable;
        return BreachedPasswords::make(std::move(options), http_).value();
    }
    Result<> check(WhenUnavailable when_unavailable = WhenUnavailable::allow) {
        return run(breaches(when_unavailable).check(password_));
    }

    FakeHttp http_;
    password::Password password_ = password::Password::parse("password").value();
    password::BreachQuery query_{password_};
    const std::string known_ = "1E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004\r\n";
};

TEST_F(BreachedPasswordsTest, asvs5_6_2_12_blocks_what_was_in_a_breach) {
    answer_with(known_);

    EXPECT_EQ(check().error().code, Errc::password_blocked);
}

TEST_F(BreachedPasswordsTest, lets_pass_what_was_in_none) {
    answer_with("1D2DA4053E34E76F6576ED1DA63134B5E2A:2\r\n");

    EXPECT_TRUE(check().has_value());
}

TEST_F(BreachedPasswordsTest, sends_five_digits_and_asks_for_padding) {
    std::string padding;
    http_.on(url(), [&padding](const http::ClientRequest& request) {
        padding = request.header("Add-Padding");
        return FakeHttp::json("");
    });

    EXPECT_TRUE(check().has_value());

    EXPECT_EQ(http_.asked, std::vector<std::string>{"https://api.pwnedpasswords.com/range/5BAA6"});
    EXPECT_EQ(padding, "true");
}

TEST_F(BreachedPasswordsTest, lets_pass_when_the_service_is_away_unless_told_otherwise) {
    const auto expect_tolerance = [this] {
        EXPECT_TRUE(check().has_value());
        EXPECT_EQ(check(WhenUnavailable::refuse).error().code, Errc::upstream_unavailable);
    };
    http_.fail_on(url());
    expect_tolerance();
    answer_with("", 503);
    expect_tolerance();
    answer_with("<html>");
    expect_tolerance();
}

TEST_F(BreachedPasswordsTest, are_asked_of_a_url) {
    EXPECT_EQ(BreachedPasswords::make({.service = "pwned"}, http_).error().code, Errc::config);
}

TEST_F(BreachedPasswordsTest, nobody_registers_with_one) {
    // SHA-1 of AccountWorld::good_password.
    const std::string range = "https://api.pwnedpasswords.com/range/4A0F3";
    testing::WorldOptions options;
    options.passwords.breaches = std::make_shared<const BreachedPasswords>(breaches());
    testing::AccountWorld world(std::move(options));

    http_.on(range, "923943A22707891D9B8ABC7E7BC52B756FA:1\r\n");
    EXPECT_EQ(world.register_as(world.registration("ada@example.com")).error().code, Errc::password_blocked);
    http_.on(range, "");
    EXPECT_TRUE(world.register_as(world.registration("ada@example.com")).has_value());
    http_.fail_on(range);
    EXPECT_TRUE(world.register_as(world.registration("bob@example.com")).has_value());

    EXPECT_EQ(http_.times_asked(range), 3U);
}

}  // namespace
}  // namespace cardea::account
