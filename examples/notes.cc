// SPDX-License-Identifier: Apache-2.0
// The program of the tutorial: notes that only their owner sees.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./notes                     then open http://localhost:8000 (ada, "correct horse battery")
#include "cardea/cardea.h"

#include <map>
#include <mutex>
#include <vector>

using namespace cardea;

namespace {

// [users]
Passwords passwords;
const std::map<std::string, std::string> hashes{
    {"ada", passwords.hash_now("correct horse battery")},
};
// [/users]

// [form]
struct Credentials {
    std::string name;
    SecretText password;

    void fields(auto& field) { field("name", name)("password", password); }
};

html::Node login_page(Request& request, std::string_view problem) {
    return layouts::picocss(
        "Sign in",
        html::h1("Sign in"),
        html::p(problem),
        html::form(
            {.method = "post"},
            csrf_field(request),
            html::label({.for_ = "name"}, "Name"),
            html::input({.autocomplete = "username", .id = "name", .name = "name", .required = true}),
            html::label({.for_ = "password"}, "Password"),
            html::input({
                .autocomplete = "current-password",
                .id = "password",
                .name = "password",
                .required = true,
                .type = "password",
            }),
            html::button("Sign in")
        )
    );
}

html::Node show_login(Request& request) {
    return login_page(request, "");
}
// [/form]

// [login]
struct Way {
    std::string next = "/";

    void fields(auto& field) { field("next", next, {.required = false}); }
};

Task<Response> login(Request& request, Form<Credentials> form, Query<Way> way) {
    const auto known = hashes.find(form.name);
    std::string hash = known != hashes.end() ? known->second : "";
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(form.password), std::move(hash));
    if (!right && right.error().code == Errc::credentials_wrong) {
        co_return Response(login_page(request, "Wrong name or password"), Status::unauthorized);
    }
    if (!right) {
        co_return request.refuse(right.error());
    }
    request.session().sign_in({.id = form.name, .name = form.name, .scopes = {}});
    co_return redirect_to(safe_next(way.next));
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/login");
}
// [/login]

// [notes]
std::mutex notes_mutex;
std::map<std::string, std::vector<std::string>> notes_of;  // by the id of their owner

html::Node list_of_notes(const User& user) {
    const std::lock_guard lock(notes_mutex);
    std::vector<html::Node> items;
    for (const std::string& note : notes_of[user.id]) {
        items.push_back(html::li(note));
    }
    return html::ul(std::move(items));
}

html::Node notes_page(Request& request, const User& user) {
    return layouts::picocss(
        "Notes",
        html::h1("Notes of ", user.name),
        list_of_notes(user),
        html::form(
            {.method = "post"},
            csrf_field(request),
            html::input({.name = "text", .placeholder = "Something to remember", .required = true}),
            html::button("Keep")
        ),
        html::footer(
            {.class_ = "container"},
            html::form({.action = "/logout", .method = "post"}, csrf_field(request), html::button("Sign out"))
        )
    );
}

struct Note {
    std::string text;

    void fields(auto& field) { field("text", text, {.min_length = 1, .max_length = 200}); }
};

Response keep(const User& user, Form<Note> note) {
    const std::lock_guard lock(notes_mutex);
    notes_of[user.id].push_back(note.text);
    return redirect_to("/");
}
// [/notes]

}  // namespace

// [main]
int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY"), .store = sqlite_store("sessions.db")}));
    app.get("/login", show_login);
    app.post("/login", limit("5/minute", {.counts = LimitCounts::failures}), login);
    app.post("/logout", logout);
    app.get("/", requires_scopes("authenticated", {.redirect = "/login"}), notes_page);
    app.post("/", requires_scopes("authenticated", {.redirect = "/login"}), keep);
    return app.run();
}
// [/main]
