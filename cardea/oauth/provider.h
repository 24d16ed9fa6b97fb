// SPDX-License-Identifier: Apache-2.0
/// oauth: "sign in with ...": the client of OAuth 2.0 and OpenID Connect (RFC 6749, 6750, 7636, 8414, 9207,
/// 9700; OpenID Connect Core, Discovery and RP-Initiated Logout 1.0). The authorization code flow and no
/// other. What is decided is plain functions; `Client` joins them to the network behind http/client.h.
///
/// Invariants: PKCE with S256 always; a response counts only in the browser that asked for it, from the
/// issuer that was asked; an ID token is read only after every check of it; tokens are secrets.
#pragma once

#include "cardea/base/secret.h"
#include "cardea/jose/algorithm.h"
#include "cardea/oauth/metadata.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cardea::oauth {

/// How the client says at the token endpoint who it is (RFC 6749 section 2.3, OpenID Connect Core section 9).
enum class ClientAuthentication : std::uint8_t {
    client_secret_basic,
    client_secret_post,
    none,  ///< a public client: PKCE alone
};

/// What a provider tells of the person.
enum class Protocol : std::uint8_t {
    openid,  ///< an ID token, and claims at the userinfo endpoint
    github,  ///< OAuth alone: a profile and a list of e-mail addresses, as GitHub's API has them
};

/// What you have from registering at the provider.
struct Registration {
    std::string client_id;
    SecretText client_secret;
    std::string redirect_uri;  ///< one of your own URLs for each provider
};

/// A provider, and you as its client.
struct ProviderOptions {
    std::string issuer;  ///< exactly as the provider writes it
    Registration registration;
    std::string scope = "openid email profile";
    ClientAuthentication client_authentication = ClientAuthentication::client_secret_basic;
    /// What ID tokens may be signed with; never HMAC.
    jose::JwsAlgorithms id_token_algorithms{
        jose::JwsAlgorithm::rs256,
        {jose::JwsAlgorithm::ps256, jose::JwsAlgorithm::es256, jose::JwsAlgorithm::eddsa}
    };
    Protocol protocol = Protocol::openid;
    std::optional<ProviderMetadata> metadata = std::nullopt;  ///< without it, discovery asks the issuer
};

/// Any OpenID provider, found by its issuer.
[[nodiscard]] ProviderOptions openid_provider(std::string issuer, Registration registration);
/// Google.
[[nodiscard]] ProviderOptions google(Registration registration);
/// gitlab.com, or the GitLab at `issuer`.
[[nodiscard]] ProviderOptions gitlab(Registration registration, std::string issuer = "https://gitlab.com");
/// GitHub, which has no ID tokens for people: name and verified addresses come from its API.
[[nodiscard]] ProviderOptions github(Registration registration);

/// Errc::config with a sentence that says what to set: an issuer or redirect URI that is no https URL (plain
/// http on loopback is one), a missing client id or secret, a secret with `none`, an HMAC algorithm, or
/// `openid` missing in the scope.
[[nodiscard]] Result<> check_options(const ProviderOptions& options);

}  // namespace cardea::oauth
