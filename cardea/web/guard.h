// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace cardea::web {

class Request;

/// Decides whether a request may reach its handler. A guard says what it needs, so that App::start() can
/// refuse a program that forgot it.
class Guard {
 public:
    /// What the app must use for the guard to work.
    enum class Needs : std::uint8_t { nothing, sessions, sessions_or_api_keys };

    /// nullopt lets the request pass.
    using Check = std::function<std::optional<http::Response>(Request&)>;

    /// `name` is how the program spells the guard: "requires_session".
    Guard(std::string name, Needs needs, Check check)
        : name_(std::move(name)), needs_(needs), check_(std::move(check)) {}

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] Needs needs() const noexcept { return needs_; }
    [[nodiscard]] std::optional<http::Response> check(Request& request) const { return check_(request); }

 private:
    std::string name_;
    Needs needs_;
    Check check_;
};

/// What happens to a request that may not pass.
struct GuardOptions {
    /// Where browsers that ask for a page are sent (303, with `next` for the way back); empty: 401 for all.
    std::string redirect;
};

/// Lets only signed-in requests pass. Needs `app.use(web::sessions(...))`. An API key is not enough (403):
/// what a person must be present for, no program does alone.
[[nodiscard]] Guard requires_session(GuardOptions options = {});

/// Lets signed-in requests and those with an API key pass; the handler asks Request::session() and
/// Request::api_key() which it is, and the key which scopes it has. Needs `app.use(web::sessions(...))` and,
/// for keys, `app.use(web::api_keys(...))`.
[[nodiscard]] Guard requires_session_or_api_key();

}  // namespace cardea::web
