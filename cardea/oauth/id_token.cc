// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/id_token.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/digest.h"

#include <chrono>

namespace cardea::oauth {
namespace {

constexpr std::size_t max_subject_bytes = 255;

std::unexpected<Error> wrong(std::string_view claim) {
    return fail(Errc::invalid, "oauth: ID token: " + std::string(claim));
}

jose::JwtRules rules_of(const ProviderOptions& options) {
    jose::JwtRules rules{
        .algorithms = options.id_token_algorithms,
        .issuer = jose::Accepted::only(options.issuer),
        .audience = jose::Accepted::only(options.registration.client_id),
    };
    rules.leeway = id_token_leeway;
    return rules;
}

bool equal(std::string_view a, std::string_view b) noexcept {
    return constant_time_equal(as_bytes(a), as_bytes(b));
}

Result<> check_subject(const jose::VerifiedClaims& claims) {
    const std::optional<std::string_view> sub = claims.subject();
    return sub && !sub->empty() && sub->size() <= max_subject_bytes ? Result<>() : Result<>(wrong("sub"));
}

/// 3.1.3.7 steps 4 and 5: a token for several names the one that it was issued to.
Result<> check_authorized_party(const jose::VerifiedClaims& claims, const std::string& client_id) {
    const Json* azp = claims.find("azp");
    const Json* aud = claims.find("aud");
    const bool has_several = aud != nullptr && aud->items().size() > 1;
    if (azp == nullptr) {
        return has_several ? Result<>(wrong("azp")) : Result<>();
    }
    return azp->as_text() == client_id ? Result<>() : Result<>(wrong("azp"));
}

Result<> check_nonce(const jose::VerifiedClaims& claims, const std::optional<std::string>& nonce) {
    const Json* claim = claims.find("nonce");
    if (!nonce) {
        return {};
    }
    const std::string_view said = claim != nullptr ? claim->as_text().value_or("") : "";
    return equal(said, *nonce) ? Result<>() : Result<>(wrong("nonce"));
}

/// 3.1.3.7 step 13: where `max_age` was asked for, the token says when the person signed in.
Result<> check_auth_time(const jose::VerifiedClaims& claims, const std::optional<Time>& since) {
    if (!since) {
        return {};
    }
    const Json* claim = claims.find("auth_time");
    const std::optional<std::int64_t> said = claim != nullptr ? claim->as_integer() : std::nullopt;
    const Time earliest = *since - id_token_leeway;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(earliest.time_since_epoch()).count();
    if (!said || *said < seconds) {
        return fail(Errc::step_up_required, "oauth: ID token: auth_time");
    }
    return {};
}

/// The hash function in the name of the algorithm; Ed25519 has SHA-512 inside.
crypto::HashAlgorithm hash_of(jose::JwsAlgorithm algorithm) noexcept {
    const std::string_view name = jose::name(algorithm);
    if (name.ends_with("256")) {
        return crypto::HashAlgorithm::sha256;
    }
    return name.ends_with("384") ? crypto::HashAlgorithm::sha384 : crypto::HashAlgorithm::sha512;
}

/// 3.1.3.6: the left half of the access token's hash.
Result<> check_access_token(const jose::VerifiedClaims& claims, const SecretText& access_token) {
    const Json* at_hash = claims.find("at_hash");
    if (at_hash == nullptr) {
        return {};
    }
    const crypto::Digest digest =
        crypto::digest(hash_of(claims.algorithm()), as_bytes(access_token.expose()));
    const std::string wanted = base64url_encode(digest.bytes().first(digest.bytes().size() / 2));
    return equal(at_hash->as_text().value_or(""), wanted) ? Result<>() : Result<>(wrong("at_hash"));
}

}  // namespace

Result<jose::VerifiedClaims> verify_id_token(
    std::string_view id_token,
    const ProviderOptions& options,
    const jose::KeySource& keys,
    const IdTokenContext& context
) {
    Result<jose::VerifiedClaims> claims =
        jose::JwtVerifier(keys, rules_of(options)).verify(id_token, context.now);
    if (!claims) {
        // To whoever reads the answer, a key that nobody published is a signature that nobody made.
        const Errc code =
            claims.error().code == Errc::not_found ? Errc::signature_invalid : claims.error().code;
        return fail(code, "oauth: ID token: " + claims.error().context);
    }
    if (!claims->issued_at()) {
        return wrong("iat");
    }
    if (Result<> subject = check_subject(*claims); !subject) {
        return propagate(subject);
    }
    if (Result<> party = check_authorized_party(*claims, options.registration.client_id); !party) {
        return propagate(party);
    }
    if (Result<> nonce = check_nonce(*claims, context.nonce); !nonce) {
        return propagate(nonce);
    }
    if (Result<> hash = check_access_token(*claims, context.access_token); !hash) {
        return propagate(hash);
    }
    if (Result<> recent = check_auth_time(*claims, context.sign_in_since); !recent) {
        return propagate(recent);
    }
    return claims;
}

}  // namespace cardea::oauth
