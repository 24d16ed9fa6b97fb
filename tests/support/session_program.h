// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/web/response.h"
#include "cardea/web/sessions.h"
#include "tests/support/app_client.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace cardea::testing {

struct Value {
    std::string value;
    void fields(auto& field) { field("value", value); }
};

struct Kept {
    std::string name;
    std::string id;
    void fields(auto& field) { field("name", name)("id", id); }
};

/// An App that does to its session what the test says.
struct SessionProgram {
    SessionProgram(
        web::SessionOptions options,
        const Clock& clock,
        Random& random,
        std::string public_url = "http://localhost:8080"
    )
        : app({.public_url = std::move(public_url), .clock = &clock, .random = &random}) {
        app.use(web::sessions(std::move(options)));
        app.get("/nothing", [] { return "nothing"; });
        app.get("/who", [](web::Request& request) {
            return std::string(request.user() != nullptr ? request.user()->name : "nobody");
        });
        app.get("/value", [](web::Session& session) {
            return session.get<std::string>("value").value_or("none");
        });
        app.get("/set", [](web::Session& session, web::Query<Value> query) {
            session.set("value", query.value);
            return "set";
        });
        app.get("/keep", [](web::Session& session, web::Query<Kept> query) {
            session.set(query.name, web::json_object({{"id", query.id}}));
            return "kept";
        });
        app.get("/append", [](web::Session& session) {
            session.edit()["list"].push_back(Json(true));
            return std::to_string(session.data().find("list")->items().size());
        });
        app.get("/rotate", [](web::Session& session) {
            session.rotate();
            return "rotated";
        });
        app.get("/throw", [](web::Session& session) -> std::string {
            session.set("value", "lost");
            throw std::runtime_error("a bug");
        });
        app.post("/sign-in", [](web::Session& session) {
            session.sign_in({.id = "7", .name = "Ada", .scopes = {}});
            return web::redirect_to("/");
        });
        app.post("/sign-out", [](web::Session& session) {
            session.sign_out();
            return web::redirect_to("/");
        });
        const Result<> started = app.start();
        EXPECT_TRUE(started) << started.error().context;
    }

    web::App app;
    AppClient client{app};
};

}  // namespace cardea::testing
