// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/site.h"
#include "cardea/identity/system.h"
#include "tests/support/app_client.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

/// What the tests of the sign-in pages and of the JSON API share: a system of accounts without providers, in
/// an App.
namespace cardea::identity {

inline constexpr std::string_view good = "login=anna%40example.com&password=tangerine+parasol+42";

inline std::string text(const http::Response& response) {
    return std::string(response.body());
}

class IdentityTest : public ::testing::Test {
 protected:
    IdentityTest() {
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
        testing::AppClient browser(app_);
        browser.get("/register");
        EXPECT_EQ(browser.post("/register", good).status(), http::Status::see_other);
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

}  // namespace cardea::identity
