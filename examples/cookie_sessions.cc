// SPDX-License-Identifier: Apache-2.0
// A name, a cookie and a page behind it: sessions in memory, with the program's API described at /docs.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./cookie_sessions --listen 127.0.0.1:8000
//
//     curl -i -c jar.txt -X POST "http://localhost:8000/login?username=alice"
//     curl -b jar.txt http://localhost:8000/profile
//     curl -i -b jar.txt -c jar.txt -X POST http://localhost:8000/logout
#include "cardea/cardea.h"

using namespace cardea;

namespace {

struct Login {
    std::string username;

    void fields(auto& field) { field("username", username, {.min_length = 1, .max_length = 64}); }
};

Response login(Session& session, Query<Login> query) {
    session.sign_in({.id = query.username, .name = query.username, .scopes = {}});
    return redirect_to("/profile");
}

Json profile(const User& user) {
    return json_object({{"message", "Welcome, " + user.name + "!"}});
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/");
}

}  // namespace

int main() {
    App app;
    app.docs({.title = "Cookie sessions", .version = "1"});
    app.use(sessions({
        .secret = env("SECRET_KEY"),
        .store = memory_store(),
        .cookie_name = "session_id",
        .persistence = Persistence::persistent,
        .absolute = std::chrono::days(14),
    }));
    // The walk of the guide is done with curl, which has no token and says nothing of where a request comes
    // from. For such clients, and for no browser, these two routes go without one. A program with real
    // passwords takes them in the body, never in the query, and leaves the exemption out.
    app.post("/login", limit("60/minute"), login).accepts_headerless_clients();
    app.post("/logout", logout).accepts_headerless_clients();
    app.get("/profile", requires_scopes("authenticated"), profile);
    return app.run();
}
