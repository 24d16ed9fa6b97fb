// SPDX-License-Identifier: Apache-2.0
// The program of the tutorial: notes that only their owner sees.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./notes                     then open http://localhost:8000 (ada, "correct horse battery")
#include "cardea/cardea.h"

#include <map>

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

html::Node login_page(Request& request) {
    return layouts::picocss(
        "Sign in",
        html::h1("Sign in"),
        html::form(
            {.method = "post"},
            csrf_field(request),
            html::label({.for_ = "name"}, "Name"),
            html::input({.id = "name", .name = "name", .required = true}),
            html::label({.for_ = "password"}, "Password"),
            html::input({.id = "password", .name = "password", .required = true, .type = "password"}),
            html::button("Sign in")
        )
    );
}
// [/form]

// [login]
struct Way {
    std::string next = "/";

    void fields(auto& field) { field("next", next, {.required = false}); }
};

Task<Response> login(Session& session, Form<Credentials> form, Query<Way> way) {
    const auto known = hashes.find(form.name);
    std::string hash = known != hashes.end() ? known->second : "";
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(form.password), std::move(hash));
    if (!right) {
        co_return Response("Wrong name or password", Status::unauthorized);
    }
    session.sign_in({.id = form.name, .name = form.name, .scopes = {}});
    co_return redirect_to(safe_next(way.next));
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/login");
}
// [/login]

// [notes]
html::Node notes_page(Request& request, Session& session, const User& user) {
    std::vector<html::Node> notes;
    if (const Json* kept = session.data().find("notes")) {
        for (const Json& note : kept->items()) {
            notes.push_back(html::li(std::string(note.as_text().value_or(""))));
        }
    }
    return layouts::picocss(
        "Notes",
        html::h1("Notes of ", user.name),
        html::ul(std::move(notes)),
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

Response keep(Session& session, Form<Note> note) {
    session.edit()["notes"].push_back(Json(note.text));
    return redirect_to("/");
}
// [/notes]

}  // namespace

// [main]
int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY"), .store = sqlite_store("notes.db")}));
    app.get("/login", login_page);
    app.post("/login", limit("5/minute", {.counts = LimitCounts::failures}), login);
    app.post("/logout", logout);
    app.get("/", requires_scopes("authenticated", {.redirect = "/login"}), notes_page);
    app.post("/", requires_scopes("authenticated"), keep);
    return app.run();
}
// [/main]
