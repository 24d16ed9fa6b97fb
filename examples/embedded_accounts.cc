// SPDX-License-Identifier: Apache-2.0
// A guest book whose people have accounts: the whole system of `cardea serve` (registration, sign-in,
// sessions, passwords, API keys; pages, JSON API and forward auth) inside a program of one's own, whose pages
// it puts in the program's own frame.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./embedded_accounts --listen 127.0.0.1:8000
//
// then open http://localhost:8000/ and register. The account whose id ADMIN is may empty the
// book. Accounts are in the folder guestbook, or what DATA says.
#include "cardea/cardea.h"
#include "cardea/identity/accounts.h"

#include <deque>
#include <mutex>
#include <vector>

using namespace cardea;

namespace {

struct Entry {
    std::string text;

    void fields(auto& field) { field("text", text, {.max_length = 200}); }
};

std::mutex book_mutex;
std::deque<std::string> book;

html::Node sign_out_button(const identity::Viewer& viewer) {
    return html::form(
        {.action = "/logout", .method = "post"},
        html::input({.name = "csrf_token", .type = "hidden", .value = viewer.csrf_token}),
        html::button({.class_ = "plain", .type = "submit"}, "Sign out")
    );
}

/// What is around every page, those of the accounts too.
std::string frame(const identity::Frame& frame, html::Node content) {
    const bool is_wide = frame.width == identity::Width::wide;
    return html::render(html::root(
        {.lang = "en"},
        html::head(
            html::meta({.charset = "utf-8"}),
            html::meta({.content = "width=device-width, initial-scale=1", .name = "viewport"}),
            html::title(std::string(frame.title) + " · Guest book"),
            html::link({.href = identity::stylesheet_path(), .rel = "stylesheet"})
        ),
        html::body(
            html::header(
                {.class_ = "bar"},
                html::a({.class_ = "wordmark", .href = "/"}, "Guest book"),
                frame.viewer.signed_in
                    ? html::nav(html::a({.href = "/account"}, "Account"), sign_out_button(frame.viewer))
                    : html::nav(html::a({.href = "/login"}, "Sign in"))
            ),
            html::main_({.class_ = is_wide ? "wide" : "narrow", .id = "main"}, std::move(content))
        )
    ));
}

html::Node entries() {
    const std::lock_guard lock(book_mutex);
    std::vector<html::Node> items;
    for (const std::string& entry : book) {
        items.push_back(html::li(entry));
    }
    return html::ul(std::move(items));
}

html::Node entry_form(Request& request) {
    return html::form(
        {.action = "/entries", .class_ = "stack", .method = "post"},
        csrf_field(request),
        html::div(
            {.class_ = "field"},
            html::label({.for_ = "text"}, "What would you like to say?"),
            html::input({.id = "text", .name = "text", .required = true, .type = "text"})
        ),
        html::button({.class_ = "full", .type = "submit"}, "Write")
    );
}

http::Response home(Request& request) {
    html::Node invitation = request.user() != nullptr
                                ? entry_form(request)
                                : html::p(html::a({.href = "/login?next=%2F"}, "Sign in"), " to write.");
    const identity::Viewer viewer{request.user() != nullptr, request.csrf_token()};
    html::Node content =
        html::section({.class_ = "card"}, html::h1("Guest book"), entries(), std::move(invitation));
    return web::page(frame({.title = "Welcome", .viewer = viewer, .path = "/"}, std::move(content)));
}

Response add_entry(const User& user, Form<Entry> entry) {
    const std::lock_guard lock(book_mutex);
    book.push_back(user.name + ": " + entry.text);
    if (book.size() > 100) {
        book.pop_front();
    }
    return redirect_to("/");
}

Response empty_the_book() {
    const std::lock_guard lock(book_mutex);
    book.clear();
    return redirect_to("/");
}

/// What people may do here, and at most so their API keys.
std::vector<std::string> scopes_of(const account::AccountRecord& account) {
    static const std::string admin = env("ADMIN").value_or("");
    if (account.id.to_string() == admin) {
        return {"write", "admin"};
    }
    return {"write"};
}

}  // namespace

int main() {
    // [main]
    App app;
    app.use(identity::accounts({
        .secret = env("SECRET_KEY"),
        .data = env("DATA").value_or("guestbook"),
        .registration = account::RegistrationMode::open,
        .scopes = scopes_of,
        .page = frame,
        .home = "/",
    }));
    app.get("/", home);
    app.post("/entries", requires_scopes("write", {.redirect = "/login"}), add_entry);
    app.delete_("/entries", requires_scopes("admin"), empty_the_book);
    return app.run();
    // [/main]
}
