// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/net/refusal.h"

#include <optional>
#include <string_view>

namespace cardea::net {

/// What the engine refused.
struct Refused {
    Refusal why{};
    std::string_view client_address;
    std::string_view accept;  ///< its Accept header, where its head could be read
};

/// What the engine serves. Called from every I/O thread at once; one request is answered on the thread of its
/// connection.
class Service {
 public:
    virtual ~Service() = default;

    /// The answer, when it needs no waiting (everything is in memory); otherwise nullopt, with nothing done,
    /// and the engine awaits answer(). This is the path of a session check: no coroutine frame, no lock.
    [[nodiscard]] virtual std::optional<http::Response> answer_at_once(const http::Request& request) = 0;

    /// The answer. `request` stays valid until the task ends.
    [[nodiscard]] virtual Task<http::Response> answer(const http::Request& request) = 0;

    /// The answer to what the engine refused and nobody can read further; the connection closes behind it.
    [[nodiscard]] virtual http::Response answer_refused(const Refused& refused) {
        return refusal_response(refused.why);
    }
};

}  // namespace cardea::net
