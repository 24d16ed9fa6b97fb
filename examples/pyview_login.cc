// SPDX-License-Identifier: Apache-2.0
// Login and logout, pages for those who are signed in and for administrators, and the same data for a program
// that sends an API key in a header.
//
//     export SECRET_KEY=$(openssl rand -hex 32) API_KEY=$(openssl rand -hex 32)
//     ./pyview_login --listen 127.0.0.1:8000
//
// then open http://localhost:8000/dashboard and be demo or admin, with "correct horse battery".
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Credentials {
    std::string username;
    SecretText password;

    void fields(auto& field) { field("username", username)("password", password); }
};

struct Account {
    std::string password_hash;
    User user;
};

Passwords passwords;
const std::map<std::string, Account> accounts{
    {"demo", {passwords.hash_now("correct horse battery"), {.id = "1", .name = "demo", .scopes = {}}}},
    {"admin", {passwords.hash_now("correct horse battery"), {.id = "2", .name = "admin", .scopes = {"admin"}}}
    },
};

html::Node login_page(Request& request) {
    const bool failed = request.query() && request.query()->find("error");
    return layouts::plain(
        "Login",
        html::form(
            {.action = "/auth/login", .method = "post"},
            csrf_field(request),
            html::input({.name = "username", .placeholder = "Username", .required = true}),
            html::input({.name = "password", .placeholder = "Password", .required = true, .type = "password"}
            ),
            html::button({.type = "submit"}, "Login")
        ),
        failed ? html::p("Invalid credentials") : html::Node()
    );
}

Task<Response> login(Request& request, Session& session, Form<Credentials> form) {
    const auto known = accounts.find(form.username);
    const Account account = known != accounts.end() ? known->second : Account();
    const Result<PasswordMatch> right =
        co_await passwords.verify(std::move(form.password), account.password_hash);
    if (!right && right.error().code != Errc::credentials_wrong) {
        co_return request.refuse(right.error());
    }
    if (!right) {
        co_return redirect_to("/login?error=1");
    }
    session.sign_in(account.user);
    co_return redirect_to("/dashboard");
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/login");
}

html::Node dashboard(Request& request, const User& user) {
    return layouts::plain(
        "Dashboard",
        html::p("Welcome, ", user.name),
        html::form(
            {.action = "/auth/logout", .method = "post"},
            csrf_field(request),
            html::button({.type = "submit"}, "Logout")
        )
    );
}

Json api_dashboard(const User& user) {
    return json_object({{"username", user.name}});
}

}  // namespace

int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY"), .store = memory_store()}));
    app.use(authentication(api_keys({{env("API_KEY"), {.id = "reports", .name = "reports", .scopes = {"api"}}}
    })));
    app.get("/login", login_page);
    app.post("/auth/login", limit("10/minute"), login);
    app.post("/auth/logout", logout);
    app.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), dashboard);
    app.get("/basic", requires_scopes("authenticated"), dashboard);
    app.get("/admin", requires_scopes({"authenticated", "admin"}), dashboard);
    app.get("/api/dashboard", requires_scopes("api"), api_dashboard);
    return app.run();
}
