// SPDX-License-Identifier: Apache-2.0
// From HTTP bytes to applications: session cookies of every kind, tokens, keys and passwords, and handlers
// that take what they need.
#include "cardea/log/log.h"
#include "cardea/web/api_keys.h"
#include "cardea/web/authentication.h"
#include "cardea/web/csrf.h"
#include "cardea/web/http_basic.h"
#include "cardea/web/sessions.h"
#include "cardea/web/tokens.h"

#include "fuzz/http_bytes.h"

#include <array>

namespace {

using namespace cardea;

// The seeds in fuzz/corpus/application hold cookies that this secret has signed.
constexpr const char* secret = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM";

struct Everything {
    std::string text;
    SecretText password;
    std::int64_t number = 0;
    double fraction = 0;
    bool flag = false;
    std::vector<std::string> list;
    std::optional<std::string> maybe;

    void fields(auto& field) {
        field("text", text, {.min_length = 1, .max_length = 64})("password", password)("number", number);
        field("fraction", fraction)("flag", flag)("list", list)("maybe", maybe);
    }
};

struct Name {
    std::string name;
    void fields(auto& field) { field("name", name); }
};

Json change(web::Session& session, const web::Query<Name>& query) {
    session.set(query.name, query.name);
    session.edit()["list"].push_back(Json(query.name));
    session.flash("info", query.name);
    return session.data();
}

std::string look(web::Session& session) {
    const auto number = session.get<std::int64_t>("value");
    const auto text = session.get<std::string>("value");
    return std::to_string(number.value_or(0)) + text.value_or("") +
           std::to_string(session.take_flashes().size());
}

Task<Result<web::User>> check(std::string name, SecretText password) {
    if (password.expose() != "right") {
        co_return fail(Errc::credentials_wrong);
    }
    co_return web::User{.id = name, .name = name, .scopes = {}};
}

/// An application whose sessions are kept in one of the ways there are.
struct Application {
    explicit Application(web::SessionOptions options) {
        app.use(web::sessions(std::move(options)));
        app.use(web::authentication(
            tokens,
            web::api_keys({{"key", {.id = "reports", .name = "", .scopes = {}}}}),
            web::http_basic(check, "Fuzz", {.wrong_passwords = "1000000/second"})
        ));
        app.get("/", look);
        app.get("/login", look);
        app.get("/change", change);
        app.post("/form", [](const web::Form<Everything>& form) { return form.text; });
        app.post("/json", [](const web::Body<Everything>& body) { return body.maybe.value_or(body.text); });
        app.get(
            "/me",
            web::requires_scopes("authenticated", {.redirect = "/login"}),
            [](const web::User& user) { return user.id; }
        );
        app.post("/sign-in", [](web::Session& session, const web::Query<Name>& query) {
            session.sign_in({.id = "7", .name = query.name, .scopes = {"read"}});
            return web::redirect_to("/");
        });
        app.post("/sign-out", [](web::Session& session) {
            session.sign_out();
            return "out";
        });
        app.get("/form", [](web::Request& request) { return web::csrf_field(request); });
        CARDEA_ASSERT(app.start());
    }

    FakeClock clock;
    FakeRandom random;
    web::Tokens tokens{{.secret = SecretText(secret), .cookie_name = "token"}};
    web::App app{{.public_url = "http://localhost:8080", .clock = &clock, .random = &random}};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const bool is_quiet = (cardea::log::start({.level = cardea::log::Level::off}), true);
    static Application sealed({.secret = SecretText(secret)});
    static Application readable({.secret = SecretText(secret), .protection = web::CookieProtection::signed_});
    static Application stored(
        {.secret = SecretText(secret), .store = web::memory_store(), .max_visitors = 100}
    );
    static Application starlette({.secret = SecretText(secret), .format = web::SessionFormat::starlette});
    static Application flask({.secret = SecretText(secret), .format = web::SessionFormat::flask});
    cardea::fuzzing::for_each_request({data, size}, [](const http::Request& request) {
        for (Application* application : {&sealed, &readable, &stored, &starlette, &flask}) {
            cardea::fuzzing::answer(application->app, request);
        }
    });
    return is_quiet ? 0 : -1;
}
