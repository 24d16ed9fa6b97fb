// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/client.h"
#include "cardea/oauth/provider.h"
#include "cardea/oauth/tokens.h"

namespace cardea::oauth::detail {

/// RFC 6749 section 4.1.3 with the verifier of RFC 7636 section 4.5.
[[nodiscard]] http::ClientRequest code_request(
    const ProviderOptions& options,
    const ProviderMetadata& metadata,
    const SecretText& code,
    const SecretText& code_verifier
);

/// RFC 6749 section 6.
[[nodiscard]] http::ClientRequest refresh_request(
    const ProviderOptions& options, const ProviderMetadata& metadata, const SecretText& refresh_token
);

/// RFC 6750 section 2.1. The token is one that read_token_response() took.
[[nodiscard]] http::ClientRequest resource_request(http::Url url, const SecretText& access_token);

/// The metadata in what the issuer answered, or why it did not.
[[nodiscard]] Result<ProviderMetadata> read_metadata_response(
    Result<http::ClientResponse>& response, std::string_view issuer
);

}  // namespace cardea::oauth::detail
