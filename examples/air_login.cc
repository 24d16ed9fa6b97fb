// SPDX-License-Identifier: Apache-2.0
// A sign-in form and a page behind it, with nothing to keep on the server: the session travels sealed in its
// cookie.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./air_login --listen 127.0.0.1:8000
//
// then open http://localhost:8000 and be demo, with "correct horse battery".
#include "cardea/cardea.h"

#include <map>

using namespace cardea;

namespace {

struct Credentials {
    std::string username;
    SecretText password;

    void fields(auto& field) { field("username", username)("password", password); }
};

Passwords passwords;
const std::map<std::string, std::string> hashes{{"demo", passwords.hash_now("correct horse battery")}};

html::Node login_page(Request& request) {
    return layouts::mvpcss(
        "Login",
        html::h1("Login"),
        html::form(
            {.action = "/login", .method = "post"},
            csrf_field(request),
            html::label({.for_ = "username"}, "Username"),
            html::input({.id = "username", .name = "username", .type = "text"}),
            html::label({.for_ = "password"}, "Password"),
            html::input({.id = "password", .name = "password", .type = "password"}),
            html::button({.type = "submit"}, "Login")
        )
    );
}

Task<Response> login(Request& request, Form<Credentials> form) {
    const auto known = hashes.find(form.username);
    std::string hash = known != hashes.end() ? known->second : "";
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(form.password), std::move(hash));
    if (!right && right.error().code != Errc::credentials_wrong) {
        co_return request.refuse(right.error());
    }
    if (!right) {
        co_return Response(
            layouts::mvpcss(
                "Login Failed",
                html::h1("Login Failed"),
                html::p("Invalid credentials. Please try again."),
                html::a({.href = "/login"}, "Try Again")
            ),
            Status::unauthorized
        );
    }
    request.session().sign_in({.id = form.username, .name = form.username, .scopes = {}});
    co_return redirect_to("/");
}

html::Node home(const User& user) {
    return layouts::mvpcss("Home", html::h1("Hello, ", user.name));
}

}  // namespace

int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY")}));
    app.get("/login", login_page);
    app.post("/login", limit("10/minute", {.counts = LimitCounts::failures}), login);
    app.get("/", requires_scopes("authenticated", {.redirect = "/login"}), home);
    return app.run();
}
