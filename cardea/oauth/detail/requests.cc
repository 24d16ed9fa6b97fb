// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/detail/requests.h"

namespace cardea::oauth::detail {

http::ClientRequest code_request(
    const ProviderOptions& options,
    const ProviderMetadata& metadata,
    const SecretText& code,
    const SecretText& code_verifier
) {
    return token_request(
        options,
        metadata.token_endpoint,
        {{"grant_type", "authorization_code"},
         {"code", code.expose()},
         {"redirect_uri", options.registration.redirect_uri},
         {"code_verifier", code_verifier.expose()}}
    );
}

http::ClientRequest refresh_request(
    const ProviderOptions& options, const ProviderMetadata& metadata, const SecretText& refresh_token
) {
    return token_request(
        options,
        metadata.token_endpoint,
        {{"grant_type", "refresh_token"}, {"refresh_token", refresh_token.expose()}}
    );
}

http::ClientRequest resource_request(http::Url url, const SecretText& access_token) {
    http::ClientRequest request = http::ClientRequest::get(std::move(url));
    std::string credentials;
    credentials.reserve(access_token.size() + 8);  // so that it does not grow and leave a copy
    credentials.append("Bearer ").append(access_token.expose());
    request.add_header("Accept", "application/json").add_header("Authorization", credentials);
    wipe(credentials.data(), credentials.size());
    return request;
}

Result<ProviderMetadata> read_metadata_response(
    Result<http::ClientResponse>& response, std::string_view issuer
) {
    if (!response) {
        return propagate(response);
    }
    if (response->status() != 200) {
        return fail(
            Errc::upstream_unavailable, "oauth: metadata: status " + std::to_string(response->status())
        );
    }
    return parse_metadata(response->body(), issuer);
}

}  // namespace cardea::oauth::detail
