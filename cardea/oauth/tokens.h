// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/http/client.h"
#include "cardea/oauth/provider.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::oauth {

/// What the token endpoint issued (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3). Texts are
/// empty where there was none.
struct Tokens {
    SecretText access_token;
    SecretText refresh_token;
    SecretText id_token;
    std::optional<Time> expires_at;  ///< of the access token, when the provider says so
    std::string scope;               ///< as granted, when it differs from what was asked for
};

/// The parameters of a token request: names of the standard, values that may be secrets.
using TokenParameters = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// The request for the token endpoint, in which the client authenticates itself.
[[nodiscard]] http::ClientRequest token_request(
    const ProviderOptions& options, const http::Url& token_endpoint, TokenParameters parameters
);

/// Reads what the token endpoint answered. Errc::grant_invalid when it does not take the code or refresh
/// token; Errc::config when it does not take the client; Errc::upstream_unavailable when it is out of order;
/// Errc::malformed, Errc::unsupported (a token type other than Bearer) for an answer that is none.
[[nodiscard]] Result<Tokens> read_token_response(int status, std::string_view body, Time now);

}  // namespace cardea::oauth
