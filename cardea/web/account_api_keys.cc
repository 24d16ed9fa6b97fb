// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/account_api_keys.h"

#include "cardea/http/headers.h"
#include "cardea/web/detail/authenticator.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/detail/request_access.h"

#include <optional>
#include <string_view>
#include <utility>

namespace cardea::web {
namespace {

using detail::RequestAccess;

using apikey::ApiKey;
using apikey::ApiKeyHash;

class AccountApiKeys final : public detail::Authenticator {
 public:
    AccountApiKeys(apikey::ApiKeyService& service, const session::SessionCookie& cookie)
        : Authenticator(Phase::account_sessions), service_(service), cookie_(cookie) {}

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        return {
            {"api_key", R"({"type":"apiKey","in":"header","name":"X-API-Key"})", SecurityScheme::For::api_keys
            }
        };
    }

    [[nodiscard]] bool prepare_at_once(Request& request) override {
        const std::optional<ApiKeyHash> key_hash = extract(request);
        if (!key_hash) {
            return true;
        }
        apikey::KeyPointer cached = service_.find_cached(*key_hash);
        const bool found = cached != nullptr;
        RequestAccess::set_api_key(request, std::move(cached));
        return found;
    }

    [[nodiscard]] Task<> prepare(Request& request) override {
        const std::optional<ApiKeyHash> key_hash = extract(request);
        if (!key_hash) {
            co_return;
        }
        Result<apikey::KeyPointer> key = co_await service_.authenticate(*key_hash);
        if (key) {
            RequestAccess::set_api_key(request, std::move(*key));
        } else if (refuses_credential(key.error().code)) {
            RequestAccess::refuse_credential(request, std::move(key).error());
        } else {
            RequestAccess::fail_credential(request, std::move(key).error());
        }
    }

 private:
    /// What stands where API keys may stand. A second credential is noted in the request and makes it none.
    std::optional<std::string_view> find_text(Request& request) const {
        const std::string_view header = request.header("X-API-Key");
        if (header.empty() && request.account_session() != nullptr) {
            return std::nullopt;  // the usual case: a session, whose cookie or bearer token stood alone
        }
        const std::optional<std::string_view> bearer =
            http::find_bearer_token(request.header("Authorization"));
        if (header.empty()) {
            return bearer && ApiKey::resembles_one(*bearer) ? bearer : std::nullopt;
        }
        if (bearer || cookie_.is_in(request.http())) {
            RequestAccess::fail_credential(
                request, {Errc::ambiguous_credentials, "API key and another credential", {}, {}}
            );
            return std::nullopt;
        }
        return header;
    }

    std::optional<ApiKeyHash> extract(Request& request) const {
        if (request.route().is_anonymous() || request.credential_error()) {
            return std::nullopt;
        }
        const std::optional<std::string_view> text = find_text(request);
        if (!text) {
            return std::nullopt;
        }
        const Result<ApiKey> key = ApiKey::parse(*text);
        if (!key) {
            RequestAccess::refuse_credential(
                request, Error{Errc::api_key_malformed, key.error().context, {}, {}}
            );
            return std::nullopt;
        }
        return key->hash();
    }

    apikey::ApiKeyService& service_;
    const session::SessionCookie& cookie_;
};

}  // namespace

std::unique_ptr<Middleware> account_api_keys(
    apikey::ApiKeyService& service, const session::SessionCookie& cookie
) {
    return std::make_unique<AccountApiKeys>(service, cookie);
}

}  // namespace cardea::web
