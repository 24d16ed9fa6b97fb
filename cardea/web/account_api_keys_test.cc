// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/account_api_keys.h"

#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"
#include "cardea/stores/memory_api_key_store.h"
#include "cardea/stores/memory_session_store.h"
#include "cardea/web/account_sessions.h"
#include "cardea/web/app.h"
#include "cardea/web/csrf.h"
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
using testing::RawRequest;

struct Program final : apikey::Owner {
    std::string name = "backup";
};

/// Makes the same owner of every key, or fails as it was told to.
class Programs final : public apikey::Owners {
 public:
    Task<Result<std::shared_ptr<const apikey::Owner>>> load(const apikey::ApiKeyRecord&) override {
        if (failure) {
            co_return fail(*failure);
        }
        co_return std::make_shared<const Program>();
    }
    Task<> note_refusal(const apikey::ApiKeyRecord&, Errc) override { co_return; }

    std::optional<Errc> failure;
};

class AccountApiKeys : public ::testing::Test {
 protected:
    void SetUp() override {
        app_.use(account_sessions(sessions_, cookie_));
        app_.use(account_api_keys(keys_, cookie_));
        app_.use(csrf(http::parse_origin("https://example.com").value(), {keyring_, random_, {}}));
        const auto who = [](Request& request) {
            return json(request.api_key() != nullptr ? request.owner<Program>().name : "a person");
        };
        app_.get("/data", requires_account_session_or_api_key(), who);
        app_.post("/data", requires_account_session_or_api_key(), who);
        app_.get("/settings", requires_account_session(), [](Request&) { return json("in"); });
        app_.get(
                "/anonymous", [](Request& request) { return json(request.api_key() != nullptr ? "1" : "0"); }
        ).anonymous();
        app_.get(
                "/verify",
                [](Request& request) {
                    return json(
                        request.api_key() != nullptr || request.account_session() != nullptr ? "1" : "0"
                    );
                }
        ).ignoring_credential_errors();
        app_.openapi({.title = "T", .version = "1", .description = {}, .server_url = {}, .license = {}});
        ASSERT_TRUE(app_.start());
    }

    apikey::IssuedApiKey issue(std::optional<Duration> lifetime = std::nullopt) {
        apikey::NewApiKey wish;
        wish.account = AccountId::make(random_);
        wish.name = "backup";
        wish.lifetime = lifetime;
        return std::move(testing::run(keys_.issue(std::move(wish)))).value();
    }
    std::string issue_text() { return std::string(issue().key.text().expose()); }

    std::string session_token(session::Transport transport) {
        session::NewSession wish;
        wish.account = AccountId::make(random_);
        wish.transport = transport;
        return std::string(testing::run(sessions_.issue(std::move(wish))).value().token.text().expose());
    }

    Response answer(const http::Request& request) {
        std::optional<Response> at_once = app_.answer_at_once(request);
        return at_once ? std::move(*at_once) : testing::run(app_.answer(request));
    }
    Response get(std::string_view path, const std::string& name, const std::string& value) {
        return answer(RawRequest(Method::get, path).with(name, value));
    }
    static std::string code_of(const Response& response) {
        return std::string(parse_json(response.body()).value().find_text("code").value_or(""));
    }

    crypto::Keyring keyring_ =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    stores::MemoryOneTimeStore one_time_;
    stores::MemorySessionStore session_store_{one_time_};
    stores::MemoryApiKeyStore key_store_;
    People people_;
    Programs programs_;
    FakeClock clock_;
    SystemRandom random_;
    session::SessionService sessions_{{session_store_, people_, clock_, random_}, {}};
    apikey::ApiKeyService keys_{{key_store_, programs_, clock_, random_}};
    session::SessionCookie cookie_ = session::SessionCookie::make({}).value();
    App app_;
};

TEST_F(AccountApiKeys, are_taken_from_either_header_and_at_once_the_second_time) {
    const std::string key = issue_text();

    EXPECT_EQ(get("/data", "X-API-Key", key).body(), "backup");
    EXPECT_EQ(get("/data", "Authorization", "Bearer " + key).body(), "backup");
    EXPECT_EQ(get("/data", "authorization", "bearer " + key).body(), "backup");

    EXPECT_TRUE(app_.answer_at_once(RawRequest(Method::get, "/data").with("X-API-Key", key)));
}

TEST_F(AccountApiKeys, are_taken_from_no_other_place) {
    const std::string key = issue_text();

    EXPECT_EQ(get("/data", "Cookie", "__Host-cardea-session=" + key).status(), Status::unauthorized);
    EXPECT_EQ(get("/data", "Cookie", "X-API-Key=" + key + "; api_key=" + key).status(), Status::unauthorized);
    EXPECT_EQ(get("/data", "Authorization", "Basic " + key).status(), Status::unauthorized);
    EXPECT_EQ(get("/data", "Authorization", key).status(), Status::unauthorized);
    const std::string target = "/data?api_key=" + key + "&X-API-Key=" + key + "&access_token=" + key;
    EXPECT_EQ(answer(RawRequest(Method::get, target)).status(), Status::unauthorized);
}

TEST_F(AccountApiKeys, do_not_open_what_needs_a_person) {
    const Response response = get("/settings", "X-API-Key", issue_text());

    EXPECT_EQ(response.status(), Status::forbidden);
    EXPECT_EQ(code_of(response), "forbidden");
}

TEST_F(AccountApiKeys, beside_another_credential_are_a_400) {
    const std::string key = issue_text();
    const std::string cookie = "__Host-cardea-session=" + session_token(session::Transport::cookie);
    const std::string bearer = "Bearer " + session_token(session::Transport::bearer);
    const auto status_of = [&](const std::string& name, const std::string& value, const std::string& x_api_key
                           ) {
        return answer(RawRequest(Method::get, "/data").with("X-API-Key", x_api_key).with(name, value))
            .status();
    };

    EXPECT_EQ(status_of("Cookie", cookie, key), Status::bad_request);
    EXPECT_EQ(status_of("Cookie", "__Host-cardea-session=stale", key), Status::bad_request);
    EXPECT_EQ(status_of("Cookie", cookie, "no key at all"), Status::bad_request);
    EXPECT_EQ(status_of("Authorization", bearer, key), Status::bad_request);
    EXPECT_EQ(status_of("Authorization", "Bearer " + key, key), Status::bad_request);
    EXPECT_EQ(status_of("Cookie", "theme=dark", key), Status::ok);
    EXPECT_EQ(
        answer(RawRequest(Method::get, "/data").with("Cookie", cookie).with("Authorization", "Bearer " + key))
            .status(),
        Status::bad_request
    );
    EXPECT_EQ(
        answer(RawRequest(Method::get, "/verify").with("Cookie", cookie).with("X-API-Key", key)).body(), "0"
    );
}

TEST_F(AccountApiKeys, say_why_they_are_refused) {
    const apikey::IssuedApiKey expired = issue(std::chrono::hours(1));
    const apikey::IssuedApiKey revoked = issue();
    std::ignore = testing::run(keys_.revoke(revoked.record.account, revoked.record.id, std::nullopt));
    clock_.advance(std::chrono::hours(1));
    std::string mistyped = issue_text();
    std::swap(mistyped[10], mistyped[11]);
    mistyped[12] = mistyped[12] == 'a' ? 'b' : 'a';

    const auto code_for = [&](const std::string& text) { return code_of(get("/data", "X-API-Key", text)); };
    EXPECT_EQ(code_for(mistyped), "api_key_malformed");
    EXPECT_EQ(code_for(session_token(session::Transport::bearer)), "api_key_malformed");
    EXPECT_EQ(code_for(std::string(expired.key.text().expose())), "api_key_expired");
    EXPECT_EQ(code_for(std::string(revoked.key.text().expose())), "api_key_unknown");
    EXPECT_EQ(get("/data", "X-API-Key", mistyped).status(), Status::unauthorized);
    const Response as_bearer = get("/data", "Authorization", "Bearer " + mistyped);
    EXPECT_EQ(as_bearer.header("WWW-Authenticate"), R"(Bearer realm="cardea", error="invalid_token")");
    EXPECT_EQ(code_of(get("/data", "Authorization", "Bearer something.else")), "unauthenticated");
}

TEST_F(AccountApiKeys, of_a_disabled_account_are_refused_and_a_store_that_fails_is_a_503) {
    const std::string key = issue_text();

    programs_.failure = Errc::account_disabled;
    EXPECT_EQ(get("/data", "X-API-Key", key).status(), Status::forbidden);
    programs_.failure = Errc::store_unavailable;
    EXPECT_EQ(get("/data", "X-API-Key", key).status(), Status::service_unavailable);
    EXPECT_EQ(get("/verify", "X-API-Key", key).body(), "0");
}

TEST_F(AccountApiKeys, are_exempt_from_csrf_by_what_authenticated_and_not_by_a_header) {
    const std::string key = issue_text();
    const std::string cookie = "__Host-cardea-session=" + session_token(session::Transport::cookie);
    const auto post = [] { return RawRequest(Method::post, "/data").with("Sec-Fetch-Site", "cross-site"); };

    EXPECT_EQ(answer(post().with("X-API-Key", key)).body(), "backup");
    EXPECT_EQ(answer(post().with("Cookie", cookie)).status(), Status::forbidden);
    EXPECT_EQ(
        answer(post().with("Cookie", cookie).with("Authorization", "Basic eDp5")).status(), Status::forbidden
    );
}

TEST_F(AccountApiKeys, are_not_read_on_anonymous_routes) {
    EXPECT_EQ(get("/anonymous", "X-API-Key", issue_text()).body(), "0");
}

TEST_F(AccountApiKeys, stand_in_the_openapi_document_where_they_are_enough) {
    const Response document = answer(RawRequest(Method::get, "/openapi.json"));
    const Json json = parse_json(document.body()).value();

    const auto security_of = [&](std::string_view path) {
        return to_string(*json.find("paths")->find(path)->find("get")->find("security"));
    };
    EXPECT_EQ(security_of("/data"), R"([{"cookie":[]},{"bearer":[]},{"api_key":[]}])");
    EXPECT_EQ(security_of("/settings"), R"([{"cookie":[]},{"bearer":[]}])");
}

}  // namespace
}  // namespace cardea::web
