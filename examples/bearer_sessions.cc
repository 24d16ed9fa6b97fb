// SPDX-License-Identifier: Apache-2.0
// Sessions for programs: a login answers a token, and the client sends it in the Authorization header.
//
//     ./bearer_sessions --listen 127.0.0.1:8000
//
//     curl -d '{"email":"john@example.com","password":"password123"}' -H "Content-Type: application/json" \
//         http://localhost:8000/login
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Account {
    std::string password_hash;
    std::string name;
};

struct Login {
    std::string email;
    SecretText password;

    void fields(auto& field) { field("email", email)("password", password); }
};

Passwords passwords;
BearerSessions sessions_of_clients;
const std::map<std::string, Account> accounts{
    {"john@example.com", {.password_hash = passwords.hash_now("password123"), .name = "John Doe"}},
};

Task<Response> login(Request& request, Body<Login> body) {
    const auto known = accounts.find(body.email);
    const Account account = known != accounts.end() ? known->second : Account();
    const Result<PasswordMatch> right =
        co_await passwords.verify(std::move(body.password), account.password_hash);
    if (!right) {
        co_return request.refuse(right.error().code, "Invalid credentials");
    }
    User user{.id = body.email, .name = account.name, .scopes = {}};
    const Result<SecretText> token = co_await sessions_of_clients.begin(request, std::move(user));
    if (!token) {
        co_return request.refuse(token.error());
    }
    co_return json_object({{"session_id", token->expose()}, {"message", "Login successful"}});
}

Json me(const User& user) {
    return json_object({{"email", user.id}, {"name", user.name}});
}

Task<Response> logout(Request& request) {
    const Result<> ended = co_await sessions_of_clients.end(request);
    if (!ended) {
        co_return request.refuse(ended.error());
    }
    co_return json_object({{"message", "Logout successful"}});
}

}  // namespace

int main() {
    App app;
    app.use(authentication(sessions_of_clients));
    app.post("/login", limit("10/minute", {.counts = LimitCounts::failures}), login);
    app.get("/me", requires_scopes("authenticated"), me);
    app.post("/logout", logout);
    return app.run();
}
