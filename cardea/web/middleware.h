// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/http/response.h"
#include "cardea/web/setup.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::web {

class Request;

/// How a client proves who it is, for OpenAPI: a name and a Security Scheme Object as JSON.
struct SecurityScheme {
    /// Which guards it gets by: all, or only those that an API key is enough for.
    enum class For : std::uint8_t { all, api_keys };

    std::string name;
    std::string json;
    For guards = For::all;
};

/// Work around the guard and the handler of every route. App sorts by phase, so `use` cannot be called in a
/// wrong order. Lives as long as the App; called from every I/O thread at once.
class Middleware {
 public:
    /// Earlier phases run first.
    enum class Phase : std::uint8_t {
        limits,
        account_sessions,  ///< of the account server: its sessions and API keys
        sessions,          ///< of applications
        authentication,
        user_limits,
        csrf,
        application,
    };

    virtual ~Middleware() = default;
    [[nodiscard]] virtual Phase phase() const noexcept { return Phase::application; }
    [[nodiscard]] virtual std::vector<SecurityScheme> security_schemes() const { return {}; }

    /// Once, by App::start(), in the order of the phases. Errc::config with a sentence that says what to
    /// change.
    [[nodiscard]] virtual Result<> start(Setup& setup);

    /// Gets ready what before() needs, if that needs no waiting; false asks for prepare(). Changes nothing
    /// but the request, and comes ahead of every middleware's before().
    [[nodiscard]] virtual bool prepare_at_once(Request& request);
    /// The same with waiting; called only after prepare_at_once() returned false.
    [[nodiscard]] virtual Task<> prepare(Request& request);

    /// Ahead of guard and handler: an answer ends the request here.
    [[nodiscard]] virtual std::optional<http::Response> before(Request& request);
    /// Whether a handler may leave something to store. Then no route is answered at once but the anonymous
    /// ones. Always the same.
    [[nodiscard]] virtual bool commits() const noexcept { return false; }
    /// When the handler is done: whether commit() is due.
    [[nodiscard]] virtual bool must_commit(const Request& request) const;
    /// Stores what must be stored before the answer is sent. A failure becomes the answer.
    [[nodiscard]] virtual Task<Result<>> commit(Request& request, http::Response& response);
    /// When the answer stands, whoever gave it.
    virtual void after(Request& request, http::Response& response);

    /// Housekeeping: App::run() calls it about once a minute and once at the end.
    [[nodiscard]] virtual Task<> maintain();
};

}  // namespace cardea::web
