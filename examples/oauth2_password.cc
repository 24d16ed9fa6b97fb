// SPDX-License-Identifier: Apache-2.0
// The password grant of OAuth 2, for first-party clients: POST /token with a form gives an access token for
// half an hour. (RFC 9700 section 2.4: other people's programs use the authorization code instead.)
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./oauth2_password --listen 127.0.0.1:8000
//
//     curl -d "username=john@example.com&password=password123" http://localhost:8000/token
//     curl -H "Authorization: Bearer eyJ..." http://localhost:8000/users/me
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Account {
    std::string username;
    std::string email;
    std::string full_name;
    std::string password_hash;
    bool disabled = false;
};

struct PasswordGrant {
    std::string username;
    SecretText password;
    std::optional<std::string> grant_type;

    void fields(auto& field) { field("username", username)("password", password)("grant_type", grant_type); }
};

Passwords passwords;
Tokens tokens({.secret = env("SECRET_KEY"), .access = std::chrono::minutes(30)});
const std::map<std::string, Account> accounts{
    {"john@example.com",
     {.username = "john@example.com",
      .email = "john@example.com",
      .full_name = "John Doe",
      .password_hash = passwords.hash_now("password123")}},
    {"jane@example.com",
     {.username = "jane@example.com",
      .email = "jane@example.com",
      .full_name = "Jane Doe",
      .password_hash = passwords.hash_now("password123"),
      .disabled = true}},
};

Task<Response> token(Request& request, Form<PasswordGrant> form) {
    if (form.grant_type.value_or("password") != "password") {
        co_return request.refuse(Problem(
            {{.loc = {"body", "grant_type"}, .msg = "Input should be 'password'", .type = "literal_error"}}
        ));
    }
    const auto known = accounts.find(form.username);
    const Account account = known != accounts.end() ? known->second : Account();
    const Result<PasswordMatch> right =
        co_await passwords.verify(std::move(form.password), account.password_hash);
    if (!right) {
        co_return request.refuse(right.error().code, "Incorrect username or password");
    }
    User user{.id = account.username, .name = account.full_name, .scopes = {}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    co_return to_json(*pair);
}

/// Lets only those pass whose account is still there, and not disabled since their token was made.
std::optional<http::Response> check_account(Request& request) {
    const auto known = accounts.find(request.user()->id);
    if (known == accounts.end()) {
        return request.refuse(Errc::unauthenticated, "Could not validate credentials");
    }
    if (known->second.disabled) {
        return request.refuse(Errc::malformed, "Inactive user");
    }
    return std::nullopt;
}

Json me(const User& user) {
    const Account& account = accounts.at(user.id);
    return json_object({
        {"username", account.username},
        {"email", account.email},
        {"full_name", account.full_name},
        {"disabled", account.disabled},
    });
}

Json items(const User& user) {
    return Json(Json::Array{json_object({{"item_id", "Foo"}, {"owner", user.id}})});
}

}  // namespace

int main() {
    const Guard signed_in = requires_scopes("authenticated");
    const Guard active("active", Guard::Needs::users, check_account);
    App app;
    app.use(authentication(tokens));
    app.post("/token", limit("10/minute", {.counts = LimitCounts::failures}), token);
    app.get("/users/me", signed_in, active, me);
    app.get("/users/me/items", signed_in, active, items);
    return app.run();
}
