// SPDX-License-Identifier: Apache-2.0
// A program beside a Python application, behind one proxy: who signed in at one is signed in at the other.
// The Python side puts `{"id": ..., "name": ..., "scopes": [...]}` into `session["user"]`, and what it keeps
// for us into `session["data"]`; both have the same secret.
//
//     export SECRET_KEY=$(openssl rand -hex 32) BESIDE=starlette        (or flask)
//     ./shared_sessions --listen 127.0.0.1:8001 --public-url http://localhost:8000
#include "cardea/cardea.h"

using namespace cardea;

namespace {

struct Visitor {
    std::string name;

    void fields(auto& field) { field("name", name, {.min_length = 1}); }
};

/// In a real program, with a password.
Response login(Session& session, const Form<Visitor>& form) {
    session.sign_in({.id = form.name, .name = form.name, .scopes = {"reader"}});
    return redirect_to("/cardea/me");
}

Json me(const User& user, Session& session) {
    return json_object({{"name", user.name}, {"visits", session.get<int>("visits").value_or(0)}});
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/");
}

}  // namespace

int main() {
    const bool is_flask = env("BESIDE").value_or("starlette") == "flask";
    App app;
    app.use(sessions({
        .secret = env("SECRET_KEY"),
        .format = is_flask ? SessionFormat::flask : SessionFormat::starlette,
    }));
    app.get("/cardea/me", requires_scopes("reader"), me);
    app.post("/cardea/login", login);
    app.post("/cardea/logout", logout);
    return app.run();
}
