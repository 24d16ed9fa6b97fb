// SPDX-License-Identifier: Apache-2.0
// Registration, login and a private page for programs: JSON in and out, an access token for a day.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./jwt_api --listen 127.0.0.1:8000
//
//     curl -d '{"username":"alice","password":"secret123"}' -H "Content-Type: application/json" \
//         localhost:8000/register
//     curl -d '{"username":"alice","password":"secret123"}' -H "Content-Type: application/json" \
//         localhost:8000/login
//     curl -H "Authorization: Bearer eyJ..." localhost:8000/profile
#include "cardea/cardea.h"

#include <map>
#include <mutex>

using namespace cardea;

namespace {

// [credentials]
struct Credentials {
    std::string username;
    SecretText password;

    void fields(auto& field) {
        field("username", username, {.min_length = 1, .max_length = 64})("password", password);
    }
};
// [/credentials]

/// In a real program, a table of a database.
class Users {
 public:
    bool add(const std::string& username, std::string hash) {
        const std::lock_guard lock(mutex_);
        return hashes_.emplace(username, std::move(hash)).second;
    }
    void set_hash(const std::string& username, std::string hash) {
        const std::lock_guard lock(mutex_);
        hashes_[username] = std::move(hash);
    }
    std::string hash_of(const std::string& username) {
        const std::lock_guard lock(mutex_);
        const auto found = hashes_.find(username);
        return found != hashes_.end() ? found->second : "";
    }

 private:
    std::mutex mutex_;
    std::map<std::string, std::string> hashes_;
};

Users users;
// Eight characters and no blocklist, so that the walk of the guide goes through. Leave it out, and the
// default asks for twelve and refuses what is guessed first.
Passwords passwords({.min_code_points = 8, .min_score = 0, .common = CommonPasswords::allowed});
Tokens tokens({.secret = env("SECRET_KEY"), .access = std::chrono::hours(24)});

Task<Response> register_user(Request& request, Body<Credentials> body) {
    Result<std::string> hash = co_await passwords.hash(std::move(body.password));
    if (!hash) {
        co_return request.refuse(hash.error());
    }
    if (!users.add(body.username, std::move(*hash))) {
        co_return request.refuse(Errc::malformed, "Username already exists");
    }
    co_return Response(
        json_object({{"message", "User " + body.username + " created successfully"}}), Status::created
    );
}

Task<Response> login(Request& request, Body<Credentials> body) {
    std::string hash = users.hash_of(body.username);
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(body.password), std::move(hash));
    if (!right) {
        co_return request.refuse(right.error().code, "Invalid credentials");
    }
    if (!right->better_hash.empty()) {  // the old one was made at a lower cost than is right by now
        users.set_hash(body.username, right->better_hash);
    }
    User user{.id = body.username, .name = body.username, .scopes = {}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    co_return to_json(*pair);
}

Response profile(Request& request, const User& user) {
    if (users.hash_of(user.id).empty()) {  // the user is gone, and the token not yet
        return request.refuse(Errc::unauthenticated, "Could not validate credentials");
    }
    return json_object({{"username", user.id}, {"message", "This is your private profile"}});
}

Json public_endpoint() {
    return json_object({{"message", "This is public. Anyone can see this."}});
}

}  // namespace

int main() {
    App app;
    app.docs({.title = "Auth Example", .version = "1"});
    app.use(authentication(tokens));
    app.post("/register", limit("20/hour"), register_user);
    app.post("/login", limit("10/minute", {.counts = LimitCounts::failures}), login);
    app.get("/profile", requires_scopes("authenticated"), profile);
    app.get("/public", public_endpoint);
    return app.run();
}
