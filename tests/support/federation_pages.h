// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/query.h"
#include "cardea/identity/site.h"
#include "cardea/identity/system.h"
#include "cardea/jose/jwt.h"
#include "tests/support/app_client.h"
#include "tests/support/fake_http.h"
#include "tests/support/faulty_audit_store.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What the tests of the pages for providers share: GitHub, and an OpenID provider.
namespace cardea::identity {

inline constexpr std::string_view good_password = "tangerine parasol 42";

inline std::string text(const http::Response& response) {
    return std::string(response.body());
}

class FederationPagesTest : public ::testing::Test {
 protected:
    FederationPagesTest() {
        network_.on(
            "https://github.com/login/oauth/access_token", R"({"access_token":"at","token_type":"bearer"})"
        );
        is_at_github(583231);
        network_.on("https://id.example/jwks", jose::JwkSet({jwk_}).to_json());
        network_.on("https://id.example/token", [this](const http::ClientRequest&) {
            return testing::FakeHttp::json(
                R"({"access_token":"at","token_type":"Bearer","id_token":")" + id_token() + "\"}"
            );
        });
        stores::SqliteStores stores = stores::open_sqlite(folder_.path() / "cardea.db").value();
        auto audit = std::make_unique<testing::FaultyAuditStore>(std::move(stores.audit));
        audit_rows_ = audit.get();
        stores.audit = std::move(audit);
        system_ = System::make({keyring_, clock_, random_, &network_}, options(), std::move(stores)).value();
        site_ = std::make_unique<Site>(system_->services(), ForwardAuth::Options{.public_url = origin});
        site_->add_to(app_, http::parse_url(origin)->origin());
        EXPECT_TRUE(app_.start());
    }

    static SystemOptions options() {
        SystemOptions options;
        options.registration = account::RegistrationMode::open;
        options.https = false;
        options.passwords = {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1};
        options.providers.push_back({
            .id = "github",
            .name = "GitHub",
            .oauth = oauth::github(
                {"client-1", SecretText("a secret"), std::string(origin) + callback_path("github")}
            ),
        });
        options.providers.push_back({
            .id = "staff",
            .name = "Staff",
            .oauth = staff(),
            .takes_prompt_login = true,
        });
        return options;
    }
    /// An OpenID provider that proves when somebody signed in there.
    static oauth::ProviderOptions staff() {
        oauth::ProviderOptions staff = oauth::openid_provider(
            "https://id.example",
            {"client-1", SecretText("a secret"), std::string(origin) + callback_path("staff")}
        );
        staff.metadata = oauth::ProviderMetadata{
            .issuer = staff.issuer,
            .authorization_endpoint = http::parse_url("https://id.example/auth").value(),
            .token_endpoint = http::parse_url("https://id.example/token").value(),
            .jwks_uri = http::parse_url("https://id.example/jwks").value(),
        };
        return staff;
    }
    std::string id_token() {
        jose::Claims claims;
        claims.issuer("https://id.example").subject(at_staff_).audience("client-1");
        claims.issued_at(clock_.now()).expires_at(clock_.now() + std::chrono::minutes(5));
        claims.set("nonce", Json(nonce_));
        if (auth_time_) {
            const auto at = std::chrono::floor<std::chrono::seconds>(auth_time_->time_since_epoch());
            claims.set("auth_time", Json(std::int64_t{at.count()}));
        }
        return jose::sign_jwt(jose::SigningKey::make(jwk_).value(), claims).value();
    }
    /// Goes to the OpenID provider, and comes back after signing in there anew.
    http::Response go_to_staff(testing::AppClient& browser, std::string_view begin = "/login/staff") {
        auth_time_ = clock_.now();
        return come_back_from_staff(browser, browser.get(begin));
    }
    http::Response come_back_from_staff(testing::AppClient& browser, const http::Response& left) {
        const http::Url there = http::parse_url(left.header("Location")).value();
        const http::Fields asked = http::parse_fields(there.query().value()).value();
        nonce_ = asked.text("nonce");
        std::string back = callback_path("staff") + "?";
        http::append_field(back, "code", "abc");
        http::append_field(back, "state", asked.text("state"));
        return browser.get(back);
    }
    void is_at_github(int id) {
        network_.on("https://api.github.com/user", R"({"login":"octocat","id":)" + std::to_string(id) + "}");
        network_.on("https://api.github.com/user/emails", "[]");
    }
    /// Where GitHub sends the browser back to that was sent there.
    static std::string way_back(std::string_view there) {
        const std::size_t state = there.find("&state=");
        EXPECT_NE(state, std::string::npos) << there;
        return (callback_path("github") + "?code=abc")
            .append(there.substr(state, there.find('&', state + 1) - state));
    }
    /// Goes to GitHub and comes back.
    http::Response go(testing::AppClient& browser, std::string_view begin = "/login/github") {
        return browser.get(way_back(browser.get(begin).header("Location")));
    }
    static std::string csrf_token(testing::AppClient& browser, std::string_view page) {
        const std::string html = text(browser.get(page));
        const std::size_t field = html.find("name=\"csrf_token\"");
        const std::size_t begin = html.find("value=\"", field) + 7;
        return html.substr(begin, html.find('"', begin) - begin);
    }
    static http::Response post(
        testing::AppClient& browser, std::string_view page, std::string_view action, std::string form = {}
    ) {
        return browser.post(action, "csrf_token=" + csrf_token(browser, page) + std::move(form));
    }

    static constexpr const char* origin = "http://localhost:8000";
    testing::TemporaryFolder folder_;
    FakeClock clock_;
    SystemRandom random_;
    crypto::Keyring keyring_ =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    testing::FakeHttp network_;
    jose::Jwk jwk_ = jose::generate_key(jose::JwsAlgorithm::es256, random_);
    std::string at_staff_ = "42";
    std::string nonce_;
    std::optional<Time> auth_time_;
    testing::FaultyAuditStore* audit_rows_ = nullptr;
    std::unique_ptr<System> system_;
    std::unique_ptr<Site> site_;
    web::App app_{{.public_url = origin}};
};

}  // namespace cardea::identity
