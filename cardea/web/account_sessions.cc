// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/account_sessions.h"

#include "cardea/base/assert.h"
#include "cardea/web/detail/authenticator.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/detail/request_access.h"

#include <string>
#include <utility>

namespace cardea::web {
namespace {

using detail::RequestAccess;

class AccountSessions final : public detail::Authenticator {
 public:
    AccountSessions(session::SessionService& service, const session::SessionCookie& cookie)
        : Authenticator(Phase::account_sessions), service_(service), cookie_(cookie) {}

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        return {
            {"cookie", R"({"type":"apiKey","in":"cookie","name":")" + std::string(cookie_.name()) + "\"}"},
            {"bearer", R"({"type":"http","scheme":"bearer"})"},
        };
    }

    [[nodiscard]] bool prepare_at_once(Request& request) override {
        const std::optional<session::Credential> credential = extract(request);
        if (!credential) {
            return true;
        }
        std::shared_ptr<const session::LiveSession> cached = service_.find_cached(*credential);
        const bool found = cached != nullptr;
        RequestAccess::set_account_session(request, std::move(cached));
        return found;
    }

    [[nodiscard]] Task<> prepare(Request& request) override {
        const std::optional<session::Credential> credential = extract(request);
        CARDEA_ASSERT(credential.has_value());  // or prepare_at_once() would have been enough
        Result<std::shared_ptr<const session::LiveSession>> live =
            co_await service_.authenticate(*credential);
        if (live) {
            RequestAccess::set_account_session(request, std::move(*live));
        } else if (refuses_credential(live.error().code)) {
            RequestAccess::set_why_no_session(request, std::move(live).error().context);
        } else {
            RequestAccess::fail_credential(request, std::move(live).error());
        }
    }

 private:
    /// The credential to look up. An ambiguous one is noted in the request and counts as none.
    std::optional<session::Credential> extract(Request& request) const {
        if (request.route().is_anonymous()) {
            return std::nullopt;
        }
        Result<std::optional<session::Credential>> credential = cookie_.extract(request.http());
        if (!credential) {
            RequestAccess::fail_credential(request, std::move(credential).error());
            return std::nullopt;
        }
        return *credential;
    }

    session::SessionService& service_;
    const session::SessionCookie& cookie_;
};

}  // namespace

std::unique_ptr<Middleware> account_sessions(
    session::SessionService& service, const session::SessionCookie& cookie
) {
    return std::make_unique<AccountSessions>(service, cookie);
}

}  // namespace cardea::web
