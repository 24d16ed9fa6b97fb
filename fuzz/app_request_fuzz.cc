// SPDX-License-Identifier: Apache-2.0
// From HTTP bytes to a handler: the engine's reader, then an App with sessions, CSRF and routes that read
// everything.
#include "cardea/base/assert.h"
#include "cardea/log/log.h"
#include "cardea/stores/memory_session_store.h"
#include "cardea/web/account_sessions.h"
#include "cardea/web/app.h"
#include "cardea/web/csrf.h"
#include "cardea/web/response.h"

#include "fuzz/http_bytes.h"

namespace {

using namespace cardea;

struct Nobody final : session::Subject {};

class Nobodies final : public session::SubjectLoader {
 public:
    Task<Result<std::shared_ptr<const session::Subject>>> load(const session::SessionRecord&) override {
        co_return std::make_shared<const Nobody>();
    }
};

http::Response read_all(web::Request& request) {
    if (request.has_json()) {
        const Result<Json>& body = request.json();
        return body ? web::json("{}") : request.refuse(body.error());
    }
    const Result<http::Fields>& query = request.query();
    const Result<http::Fields>& form = request.form();
    std::ignore = request.cookie("theme");
    return form && query ? web::page("<!doctype html>")
                         : request.refuse(query ? form.error() : query.error());
}

http::Response find_id(web::Request& request) {
    const Result<SessionId> id = request.param_id<SessionId>("id");
    return id ? web::no_content() : request.refuse(id.error());
}

/// The whole program around one App, made once.
struct Program {
    Program() {
        log::start({.level = log::Level::off});
        app.use(web::account_sessions(service, cookie));
        app.use(web::csrf(http::parse_origin("http://localhost:8080").value(), {keyring, random, {}}));
        app.get("/", read_all);
        app.post("/", read_all);
        app.get("/login", read_all);
        app.get("/sessions/{id}", web::requires_account_session({.redirect = "/login"}), find_id);
        app.delete_("/sessions/{id}", find_id);
        CARDEA_ASSERT(app.start());
    }

    stores::MemoryOneTimeStore one_time;
    stores::MemorySessionStore store{one_time};
    Nobodies nobodies;
    FakeClock clock;
    FakeRandom random;
    session::SessionService service{{store, nobodies, clock, random}, {}};
    session::SessionCookie cookie = session::SessionCookie::make({.secure = false}).value();
    crypto::Keyring keyring = crypto::Keyring::parse("RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM").value();
    web::App app;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Program program;
    cardea::fuzzing::for_each_request({data, size}, [](const http::Request& request) {
        cardea::fuzzing::answer(program.app, request);
    });
    return 0;
}
