// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/jose/claims.h"
#include "cardea/jose/header.h"
#include "cardea/jose/key_source.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::jose {

/// The longest token that is read.
inline constexpr std::size_t max_jwt_size = std::size_t{64} << 10U;

/// How a token is made, besides its claims.
struct JwtOptions {
    std::string typ = "JWT";      ///< name the kind of token when you make several ("at+jwt", RFC 9068)
    bool requires_expiry = true;  ///< `exp` must be among the claims
};

/// A signed token (RFC 7519, a compact JWS). What a verifier would refuse is not signed: Errc::malformed for
/// a claim of the wrong type; Errc::invalid without `exp`, or when `nbf` or `iat` is not before it;
/// Errc::too_large; Errc::internal when the crypto library cannot.
[[nodiscard]] Result<std::string> sign_jwt(
    const SigningKey& key, const Claims& claims, const JwtOptions& options = {}
);

/// What a token says of itself before anybody verified it: enough to fetch the key it names, and nothing to
/// act on. The token's text must outlive it.
class UnverifiedJwt {
 public:
    /// Errc::malformed, Errc::too_large; Errc::unsupported for an algorithm (also "none") or a critical
    /// header that is not done here.
    [[nodiscard]] static Result<UnverifiedJwt> parse(std::string_view token);

    [[nodiscard]] JwsAlgorithm algorithm() const noexcept { return header_.algorithm; }
    [[nodiscard]] const std::optional<std::string>& kid() const noexcept { return header_.kid; }
    [[nodiscard]] const std::string& typ() const noexcept { return header_.typ; }

 private:
    friend class JwtVerifier;
    UnverifiedJwt() = default;

    JwsHeader header_;
    std::string_view signed_text_;
    std::string_view payload_;
    std::string_view signature_;
};

/// The claims of a token whose signature, times, issuer and audience were found good; only a JwtVerifier
/// makes it. Views live as long as it.
class VerifiedClaims {
 public:
    [[nodiscard]] std::optional<std::string_view> issuer() const { return claims_.find_text("iss"); }
    [[nodiscard]] std::optional<std::string_view> subject() const { return claims_.find_text("sub"); }
    [[nodiscard]] std::optional<std::string_view> id() const { return claims_.find_text("jti"); }
    /// Whether it names this audience, alone or in a list.
    [[nodiscard]] bool has_audience(std::string_view audience) const;
    [[nodiscard]] std::optional<Time> expires_at() const;
    [[nodiscard]] std::optional<Time> not_before() const;
    [[nodiscard]] std::optional<Time> issued_at() const;

    /// Any claim; nullptr when it is absent.
    [[nodiscard]] const Json* find(std::string_view name) const { return claims_.find(name); }
    /// All of them, an object.
    [[nodiscard]] const Json& json() const noexcept { return claims_; }

    /// The key that signed it, as our side names it; empty when that key has no `kid`.
    [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
    [[nodiscard]] JwsAlgorithm algorithm() const noexcept { return algorithm_; }

 private:
    friend class JwtVerifier;
    VerifiedClaims(Json claims, const VerificationKey& key)
        : claims_(std::move(claims)), kid_(key.kid()), algorithm_(key.algorithm()) {}

    Json claims_;
    std::string kid_;
    JwsAlgorithm algorithm_;
};

/// What a verifier accepts. Algorithms, issuer and audience have no default (RFC 8725
/// sections 3.1, 3.8, 3.9).
struct JwtRules {
    JwsAlgorithms algorithms;
    Accepted issuer;
    Accepted audience;
    /// The kind of token (RFC 8725 section 3.11), compared without case and "application/". "JWT" takes
    /// tokens that name no kind too.
    std::string typ = "JWT";
    Duration leeway{};            ///< by how much the clocks of issuer and verifier may differ
    bool requires_expiry = true;  ///< a token without `exp` is refused
};

/// Verifies tokens with the keys of a source, which outlives it. Any thread may use it.
class JwtVerifier {
 public:
    JwtVerifier(const KeySource& keys, JwtRules rules) : keys_(keys), rules_(std::move(rules)) {}
    JwtVerifier(const KeySource&&, JwtRules) = delete;

    /// Errc::malformed, too_large, unsupported as UnverifiedJwt::parse; unsupported too for an algorithm that
    /// is not accepted; what KeySource::find fails with; signature_invalid; expired; invalid for everything
    /// else that the rules refuse.
    [[nodiscard]] Result<VerifiedClaims> verify(std::string_view token, Time now) const;
    /// The same for a token that was looked at before.
    [[nodiscard]] Result<VerifiedClaims> verify(const UnverifiedJwt& token, Time now) const;

 private:
    const KeySource& keys_;
    JwtRules rules_;
};

}  // namespace cardea::jose
