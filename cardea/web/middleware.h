// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/http/response.h"

#include <optional>

namespace cardea::web {

class Request;

/// Work around every handler. App sorts by phase, so the order of `use` between phases cannot be wrong. Lives
/// as long as the App; called from every I/O thread at once.
class Middleware {
 public:
    /// Earlier phases run first.
    enum class Phase : unsigned char { limits, sessions, csrf, application };

    virtual ~Middleware() = default;
    [[nodiscard]] virtual Phase phase() const noexcept { return Phase::application; }

    /// Gets ready what before() needs, if that needs no waiting; false asks for prepare(). Changes nothing
    /// but the request.
    [[nodiscard]] virtual bool prepare_at_once(Request& request);
    /// The same with waiting; called only after prepare_at_once() returned false.
    virtual Task<> prepare(Request& request);

    /// Ahead of guard and handler: an answer ends the request here.
    [[nodiscard]] virtual std::optional<http::Response> before(Request& request);
    /// When the answer stands, whoever gave it.
    virtual void after(Request& request, http::Response& response);
};

}  // namespace cardea::web
