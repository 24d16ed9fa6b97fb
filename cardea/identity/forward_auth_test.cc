// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/forward_auth.h"

#include "cardea/identity/site.h"
#include "cardea/identity/system.h"
#include "tests/support/app_client.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cardea::identity {
namespace {

using http::Status;
using testing::AppClient;
using testing::RawRequest;
using testing::run;

constexpr const char* own_origin = "http://localhost:8080";

class ForwardAuthTest : public ::testing::Test {
 protected:
    void start(std::vector<std::string> scopes_of_people) {
        SystemOptions options;
        options.registration = account::RegistrationMode::open;
        options.https = false;
        options.passwords = {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1};
        options.scopes = [scopes_of_people](const account::AccountRecord&) { return scopes_of_people; };
        stores::SqliteStores stores = stores::open_sqlite(folder_.path() / "cardea.db").value();
        system_ = System::make({keyring_, clock_, random_}, std::move(options), std::move(stores)).value();
        const ForwardAuth::Options forward_auth{.public_url = own_origin, .takes_api_keys = true};
        site_ = std::make_unique<Site>(system_->services(), forward_auth);
        site_->add_to(app_, http::parse_url(own_origin)->origin());
        ASSERT_TRUE(app_.start());
    }
    /// Credentials that are good, for the API.
    static constexpr std::string_view ada =
        R"({"email":"ada@example.com","password":"tangerine parasol 42"})";

    http::Response verify(std::vector<std::string> scopes_of_key) {
        AppClient client(app_);
        client.post_json("/api/v1/register", ada);
        apikey::NewApiKey wish;
        wish.account = run(system_->services().account_rows.list({})).value().front().id;
        wish.name = "key";
        wish.scopes = std::move(scopes_of_key);
        const apikey::IssuedApiKey issued = run(system_->services().api_keys.issue(std::move(wish))).value();
        const SecretText text = issued.key.text();
        return client.send(RawRequest(http::Method::get, "/auth/verify").with("X-API-Key", text.expose()));
    }

    http::Response ask(std::string_view path, std::string_view authorization) {
        AppClient client(app_);
        RawRequest request(http::Method::get, path);
        if (!authorization.empty()) {
            request.with("Authorization", authorization);
        }
        return client.send(request);
    }

    testing::TemporaryFolder folder_;
    FakeClock clock_;
    SystemRandom random_;
    crypto::Keyring keyring_ = crypto::Keyring::parse(crypto::Keyring::make_secret(random_).expose()).value();
    web::App app_{{.public_url = own_origin, .clock = &clock_}};
    std::unique_ptr<System> system_;
    std::unique_ptr<Site> site_;
};

TEST_F(ForwardAuthTest, passes_the_scopes_of_a_key_that_its_owner_has) {
    start({"orders:read"});

    EXPECT_EQ(verify({"orders:read", "orders:write"}).header("X-Auth-Scopes"), "orders:read");
}

TEST_F(ForwardAuthTest, a_key_without_scopes_has_no_such_header) {
    start({"orders:read"});

    const http::Response answer = verify({});

    EXPECT_EQ(answer.status(), Status::ok);
    EXPECT_FALSE(answer.header_lines().contains("X-Auth-Scopes"));
}

// A proxy passes no empty header on, and without it the key would be as good as its owner.
TEST_F(ForwardAuthTest, a_key_whose_owner_has_none_of_its_scopes_is_nobody) {
    start({"orders:read"});

    EXPECT_EQ(verify({"orders:write"}).status(), Status::unauthorized);
}

TEST_F(ForwardAuthTest, challenges_as_the_api_does) {
    start({});
    const std::string ended = "Bearer " + std::string(43, 'a');
    for (const std::string& authorization : {std::string(), ended, std::string("Bearer x")}) {
        const http::Response of_api = ask("/api/v1/session", authorization);
        for (const std::string_view path : {"/auth/verify", "/auth/forward"}) {
            const http::Response response = ask(path, authorization);
            EXPECT_EQ(response.status(), Status::unauthorized);
            EXPECT_EQ(response.header("WWW-Authenticate"), of_api.header("WWW-Authenticate"))
                << authorization;
            EXPECT_TRUE(response.body().empty());
        }
    }
    EXPECT_EQ(
        ask("/auth/verify", ended).header("WWW-Authenticate"),
        R"(Bearer realm="cardea", error="invalid_token")"
    );
}

TEST_F(ForwardAuthTest, challenges_who_shows_two_credentials) {
    start({});
    AppClient browser(app_);
    browser.post_json("/api/v1/register", ada);
    browser.post_json("/api/v1/login", ada);

    const http::Response response =
        browser.send(RawRequest(http::Method::get, "/auth/verify").with("Authorization", "Bearer x"));

    EXPECT_EQ(response.status(), Status::unauthorized);
    EXPECT_EQ(response.header("WWW-Authenticate"), R"(Bearer realm="cardea")");
}

}  // namespace
}  // namespace cardea::identity
