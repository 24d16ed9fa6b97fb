// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/middleware.h"
#include "cardea/web/request.h"
#include "cardea/web/route.h"

#include <optional>

namespace cardea::web::detail {

/// What finds out who is asking, by one kind of credential, in the phase it is given. A credential that is
/// ambiguous or could not be checked ends the request, unless its route takes that for nobody.
class Authenticator : public Middleware {
 public:
    explicit Authenticator(Phase phase) noexcept : phase_(phase) {}
    [[nodiscard]] Phase phase() const noexcept final { return phase_; }

    [[nodiscard]] std::optional<http::Response> before(Request& request) final {
        const std::optional<Error>& error = request.credential_error();
        if (!error || request.route().ignores_credential_errors()) {
            return std::nullopt;
        }
        return request.refuse(*error);
    }

 private:
    Phase phase_;
};

}  // namespace cardea::web::detail
