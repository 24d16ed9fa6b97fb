// SPDX-License-Identifier: Apache-2.0
// An access token for a quarter of an hour, and a refresh token for the next pair. A refresh token is good
// once: a second use ends everything that came from the same login.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./refresh_tokens --listen 127.0.0.1:8000
//
//     curl -d "username=john@example.com&password=password123" http://localhost:8000/token
//     curl -d '{"refresh_token":"eyJ..."}' -H "Content-Type: application/json" http://localhost:8000/refresh
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Credentials {
    std::string username;
    SecretText password;

    void fields(auto& field) { field("username", username)("password", password); }
};

struct Refresh {
    SecretText refresh_token;

    void fields(auto& field) { field("refresh_token", refresh_token); }
};

Passwords passwords;
const std::map<std::string, std::string> hashes{{"john@example.com", passwords.hash_now("password123")}};

/// Asked at each refresh: who is gone gets no more tokens.
Task<Result<std::optional<User>>> find_user(std::string name) {
    if (!hashes.contains(name)) {
        co_return std::nullopt;
    }
    co_return User{.id = name, .name = name, .scopes = {}};
}

Tokens tokens({.secret = env("SECRET_KEY"), .store = memory_store(), .reload = find_user});

Task<Response> token(Request& request, Form<Credentials> form) {
    const auto known = hashes.find(form.username);
    std::string hash = known != hashes.end() ? known->second : "";
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(form.password), std::move(hash));
    if (!right) {
        co_return request.refuse(right.error().code, "Incorrect username or password");
    }
    User user{.id = form.username, .name = form.username, .scopes = {}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    co_return to_json(*pair);
}

Task<Response> refresh(Request& request, Body<Refresh> body) {
    const Result<TokenPair> pair = co_await tokens.refresh(std::move(body.refresh_token));
    if (!pair) {
        co_return request.refuse(Errc::unauthenticated, "Invalid refresh token");
    }
    co_return to_json(*pair);
}

Task<Response> logout(Request& request) {
    const Result<> ended = co_await tokens.revoke(request);
    if (!ended) {
        co_return request.refuse(ended.error());
    }
    co_return json_object({{"message", "Logout successful"}});
}

Json me(const User& user) {
    return json_object({{"username", user.id}});
}

}  // namespace

int main() {
    App app;
    app.use(authentication(tokens));
    app.post("/token", limit("10/minute", {.counts = LimitCounts::failures}), token);
    app.post("/refresh", refresh);
    app.post("/logout", logout);
    app.get("/users/me", requires_scopes("authenticated"), me);
    return app.run();
}
