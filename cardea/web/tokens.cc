// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/tokens.h"

#include "cardea/web/detail/token_backend.h"
#include "cardea/web/response.h"

#include <utility>

namespace cardea::web {

Json to_json(const TokenPair& pair) {
    Json json = json_object({{"access_token", pair.access}});
    if (!pair.refresh.expose().empty()) {
        json["refresh_token"] = Json(std::string(pair.refresh.expose()));
    }
    json["token_type"] = Json(std::string("bearer"));
    json["expires_in"] = Json(static_cast<std::int64_t>(pair.expires_in.count()));
    return json;
}

Tokens::Tokens(TokenOptions options) : backend_(std::make_shared<TokenBackend>(std::move(options))) {}

Tokens::operator std::shared_ptr<AuthenticationBackend>() const {
    return backend_;
}

Task<Result<TokenPair>> Tokens::issue(User user) const {
    co_return co_await backend_->issue(std::move(user));
}

Task<Result<TokenPair>> Tokens::refresh(SecretText refresh_token) const {
    co_return co_await backend_->refresh(std::move(refresh_token));
}

Task<Result<TokenPair>> Tokens::refresh(Request& request) const {
    co_return co_await backend_->refresh(request);
}

Task<Result<>> Tokens::revoke(Request& request) const {
    co_return co_await backend_->revoke(request);
}

Task<Result<>> Tokens::revoke(SecretText refresh_token) const {
    co_return co_await backend_->revoke(std::move(refresh_token));
}

Task<Result<>> Tokens::revoke_all(User user) const {
    co_return co_await backend_->revoke_all(std::move(user));
}

Result<> Tokens::put_into_cookies(http::Response& response, const TokenPair& pair) const {
    return backend_->put_into_cookies(response, pair);
}

void Tokens::clear_cookies(http::Response& response) const {
    backend_->clear_cookies(response);
}

}  // namespace cardea::web
