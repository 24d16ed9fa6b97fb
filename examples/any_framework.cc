// SPDX-License-Identifier: Apache-2.0
// Sessions and guards on somebody else's web server: Debian's cpp-httplib serves, and an App of Cardea
// decides. It answers its own routes, and says who may see those of the other server.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./any_framework --listen 127.0.0.1:8000
//
// then open http://localhost:8000/dashboard and be ada, with "correct horse battery".
#include "cardea/cardea.h"

#include "examples/undecoded_server.h"

#include <httplib.h>
#include <iostream>
#include <map>
#include <thread>

using namespace cardea;

namespace {

struct Credentials {
    std::string name;
    SecretText password;

    void fields(auto& field) { field("name", name)("password", password); }
};

struct Way {
    std::string next = "/dashboard";

    void fields(auto& field) { field("next", next, {.required = false}); }
};

Passwords passwords;
const std::map<std::string, std::string> hashes{{"ada", passwords.hash_now("correct horse battery")}};

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

Task<Response> login(Request& request, Form<Credentials> form, Query<Way> way) {
    const auto known = hashes.find(form.name);
    std::string hash = known != hashes.end() ? known->second : "";
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(form.password), std::move(hash));
    if (!right) {
        co_return request.refuse(right.error());
    }
    request.session().sign_in({.id = form.name, .name = form.name, .scopes = {}});
    co_return redirect_to(safe_next(way.next));
}

html::Node dashboard(Request& request, const User& user) {
    return layouts::picocss(
        "Dashboard",
        html::h1("Hello, ", user.name),
        html::p(html::a({.href = "/report"}, "A page of cpp-httplib")),
        html::form({.action = "/logout", .method = "post"}, csrf_field(request), html::button("Sign out"))
    );
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/login");
}

/// What a handler of the other server wants to know of who is asking.
std::string who(const User& user) {
    return user.name;
}

// [adapter]
/// Lets the App answer a request of cpp-httplib. Whether it let the client in.
bool answer(App& app, const httplib::Request& in, httplib::Response& out) {
    ForeignRequest request{
        .method = in.method,
        .target = in.target,
        .headers = {},
        .body = in.body,
        .client_address = in.remote_addr,  // behind a proxy, take the header that it sets: this is its own
    };
    for (const auto& [name, value] : in.headers) {
        request.headers.push_back({name, value});
    }
    const auto response = app.answer_for(request);
    out.status = static_cast<int>(response.status());
    for (const auto& [name, value] : headers_of(response)) {
        out.headers.emplace(name, value);
    }
    out.body = response.body();
    return response.status() == Status::ok;
}
// [/adapter]

// [bounds]
/// What cpp-httplib leaves open: it bounds only a body whose length it was told, and that as it was sent.
httplib::Server::HandlerResponse refuse_unbounded(const httplib::Request& in, httplib::Response& out) {
    const bool may_be_without = in.method == "GET" || in.method == "HEAD";
    if (in.has_header("Transfer-Encoding") || in.has_header("Content-Encoding") ||
        (!may_be_without && !in.has_header("Content-Length"))) {
        out.status = 411;
        return httplib::Server::HandlerResponse::Handled;
    }
    return httplib::Server::HandlerResponse::Unhandled;
}

void set_bounds(httplib::Server& server) {
    server.set_payload_max_length(64 * 1024);
    server.set_pre_routing_handler(refuse_unbounded);
    // The body of a GET is not read: it must not be taken for the next request.
    server.set_keep_alive_max_count(1);
}
// [/bounds]

UndecodedServer server;
/// Until the server runs, stop() does nothing.
void stop() {
    while (!server.is_running()) {
        std::this_thread::yield();
    }
    server.stop();
}

}  // namespace

int main(int count, char** arguments) {
    const std::string listen =
        count == 3 && arguments[1] == std::string_view("--listen") ? arguments[2] : "127.0.0.1:8000";
    const std::size_t colon = listen.rfind(':');
    const std::string port = listen.substr(colon + 1);

    // [app]
    App app({.public_url = "http://localhost:" + port});
    app.use(sessions({.secret = env("SECRET_KEY"), .store = memory_store()}));
    app.get("/login", login_page);
    app.post("/login", limit("10/minute", {.counts = LimitCounts::failures}), login);
    app.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), dashboard);
    app.post("/logout", logout);
    app.get("/report", requires_scopes("authenticated", {.redirect = "/login"}), who);
    if (const auto started = app.start(); !started) {
        std::cerr << started.error().context << "\n";
        return 2;
    }

    set_bounds(server);
    server.Get("/report", [&](const httplib::Request& in, httplib::Response& out) {
        if (answer(app, in, out)) {
            out.body = "A report for " + out.body;
        }
    });
    const auto others = [&](const httplib::Request& in, httplib::Response& out) { answer(app, in, out); };
    server.Get(".*", others).Post(".*", others);
    // [/app]

    if (!server.bind_to_port(listen.substr(0, colon), std::stoi(port))) {
        std::cerr << "cannot listen on " << listen << "\n";
        return 1;
    }
    // [housekeeping]
    const Housekeeping housekeeping(app, stop);  // once a minute; stops the server at SIGTERM, SIGINT, SIGHUP
    std::cout << "Ready at http://localhost:" << port << " (Ctrl-C stops)" << std::endl;
    return server.listen_after_bind() ? 0 : 1;
    // [/housekeeping]
}
