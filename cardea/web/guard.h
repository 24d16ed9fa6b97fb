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
    enum class Needs : std::uint8_t { nothing, sessions };

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

struct GuardOptions {
    /// Where browsers that ask for a page are sent (303, with `next` for the way back); empty: 401 for all.
    std::string redirect;
};

/// Lets only signed-in requests pass. Needs `app.use(web::sessions(...))`.
[[nodiscard]] Guard requires_session(GuardOptions options = {});

}  // namespace cardea::web
