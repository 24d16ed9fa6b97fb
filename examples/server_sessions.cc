// SPDX-License-Identifier: Apache-2.0
// Sessions that live on the server, in an SQLite file: signing out ends them wherever their cookie went, and
// they survive a restart.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./server_sessions --listen 127.0.0.1:8000
//
// then open http://localhost:8000/dashboard and be john@example.com, with "password123". The file is
// sessions.db, or what SESSIONS_FILE says.
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Account {
    std::string password_hash;
    std::string name;
};

struct Credentials {
    std::string email;
    SecretText password;

    void fields(auto& field) { field("email", email)("password", password); }
};

Passwords passwords;
const std::map<std::string, Account> accounts{
    {"john@example.com", {.password_hash = passwords.hash_now("password123"), .name = "John Doe"}},
};

html::Node login_page(Request& request) {
    return html::form(
        {.method = "post"},
        csrf_field(request),
        html::input({.name = "email", .placeholder = "Email", .required = true, .type = "email"}),
        html::input({.name = "password", .placeholder = "Password", .required = true, .type = "password"}),
        html::button({.type = "submit"}, "Login")
    );
}

Task<Response> login(Request& request, Form<Credentials> form) {
    const auto known = accounts.find(form.email);
    const Account account = known != accounts.end() ? known->second : Account();
    const Result<PasswordMatch> right =
        co_await passwords.verify(std::move(form.password), account.password_hash);
    if (!right && right.error().code != Errc::credentials_wrong) {
        co_return request.refuse(right.error());
    }
    if (!right) {
        co_return Response("Invalid credentials", Status::unauthorized);
    }
    request.session().sign_in({.id = form.email, .name = account.name, .scopes = {}});
    co_return redirect_to("/dashboard");
}

html::Node dashboard(Request& request, const User& user) {
    return html::form(
        {.action = "/logout", .method = "post"},
        csrf_field(request),
        "Welcome, " + user.name + "! ",
        html::button({.type = "submit"}, "Logout")
    );
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/login");
}

}  // namespace

int main() {
    App app;
    app.use(sessions({
        .secret = env("SECRET_KEY"),
        .store = sqlite_store(env("SESSIONS_FILE").value_or("sessions.db")),
        .idle = std::chrono::minutes(30),
    }));
    app.get("/login", login_page);
    app.post("/login", limit("10/minute", {.counts = LimitCounts::failures}), login);
    app.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), dashboard);
    app.post("/logout", logout);
    return app.run();
}
