// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/url.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::oauth {

/// What a client needs of a provider's metadata (OpenID Connect Discovery 1.0 section 3, RFC 8414).
struct ProviderMetadata {
    std::string issuer;
    http::Url authorization_endpoint;
    http::Url token_endpoint;
    std::optional<http::Url> jwks_uri = std::nullopt;
    std::optional<http::Url> userinfo_endpoint = std::nullopt;
    std::optional<http::Url> end_session_endpoint = std::nullopt;
    /// RFC 9207: a response without `iss` is then not of this provider.
    bool authorization_response_iss_parameter_supported = false;
};

/// Where the metadata of an issuer lies: its URL with /.well-known/openid-configuration behind it.
/// Errc::config when the issuer is no URL.
[[nodiscard]] Result<http::Url> metadata_url(std::string_view issuer);

/// Reads a metadata document of at most 256 KiB. Errc::malformed, Errc::too_large; Errc::invalid when it is
/// of another issuer, lacks an endpoint that every OpenID provider has, or names one that is not https while
/// the issuer is.
[[nodiscard]] Result<ProviderMetadata> parse_metadata(std::string_view text, std::string_view issuer);

}  // namespace cardea::oauth
