// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwt.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/detail/claim_rules.h"
#include "cardea/jose/detail/compact.h"
#include "cardea/jose/detail/header.h"
#include "cardea/jose/detail/signature.h"
#include "cardea/jose/jws.h"

#include <algorithm>

namespace cardea::jose {
namespace {

/// A media type as `typ` means it (RFC 7515 section 4.1.9).
std::string_view without_application(std::string_view type) {
    constexpr std::string_view prefix = "application/";
    return type.starts_with(prefix) ? type.substr(prefix.size()) : type;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_of_type(std::string_view typ, std::string_view expected) {
    if (typ.empty()) {
        return expected == "JWT";
    }
    return equal_ignoring_case(without_application(typ), without_application(expected));
}

Result<JwsHeader> decode_jwt_header(std::string_view encoded) {
    const Result<Json> json = detail::decode_header(encoded);
    if (!json) {
        return std::unexpected(json.error());
    }
    Result<JwsHeader> header = detail::read_jws_header(&*json, nullptr);
    if (header && !header->b64) {  // RFC 7797 section 7
        return fail(Errc::malformed, "jwt: b64");
    }
    return header;
}

/// The tokens of one issuer begin with the same text, so each thread remembers what the last one means.
Result<JwsHeader> read_header(std::string_view encoded) {
    struct Last {
        std::string encoded;
        JwsHeader header;
    };
    thread_local Last last;
    if (!last.encoded.empty() && last.encoded == encoded) {
        return last.header;
    }
    Result<JwsHeader> header = decode_jwt_header(encoded);
    if (header) {
        last = {std::string(encoded), *header};
    }
    return header;
}

}  // namespace

Result<std::string> sign_jwt(const SigningKey& key, const Claims& claims, const JwtOptions& options) {
    const Json json = claims.json();
    if (Result<> good = detail::check_new_claims(json, options.requires_expiry); !good) {
        return propagate(good);
    }
    Result<std::string> token = sign_compact(key, as_bytes(to_string(json)), {.typ = options.typ});
    if (token && token->size() > max_jwt_size) {
        return fail(Errc::too_large, "jwt");
    }
    return token;
}

Result<UnverifiedJwt> UnverifiedJwt::parse(std::string_view token) {
    if (token.size() > max_jwt_size) {
        return fail(Errc::too_large, "jwt");
    }
    std::array<std::string_view, 3> parts;
    if (!detail::split_compact(token, parts)) {
        return fail(Errc::malformed, "jwt: not three parts");
    }
    Result<JwsHeader> header = read_header(parts[0]);
    if (!header) {
        return propagate(header);
    }
    UnverifiedJwt unverified;
    unverified.header_ = std::move(*header);
    unverified.signed_text_ = token.substr(0, parts[0].size() + 1 + parts[1].size());
    unverified.payload_ = parts[1];
    unverified.signature_ = parts[2];
    return unverified;
}

bool VerifiedClaims::has_audience(std::string_view audience) const {
    return Accepted::only(std::string(audience)).accepts(claims_.find("aud"));
}

std::optional<Time> VerifiedClaims::expires_at() const {
    return detail::find_time(claims_, "exp");
}

std::optional<Time> VerifiedClaims::not_before() const {
    return detail::find_time(claims_, "nbf");
}

std::optional<Time> VerifiedClaims::issued_at() const {
    return detail::find_time(claims_, "iat");
}

Result<VerifiedClaims> JwtVerifier::verify(std::string_view token, Time now) const {
    Result<UnverifiedJwt> unverified = UnverifiedJwt::parse(token);
    return unverified ? verify(*unverified, now) : Result<VerifiedClaims>(propagate(unverified));
}

Result<VerifiedClaims> JwtVerifier::verify(const UnverifiedJwt& token, Time now) const {
    if (!is_of_type(token.header_.typ, rules_.typ)) {
        return fail(Errc::invalid, "jwt: typ");
    }
    auto key = detail::verify_signature(
        keys_, rules_.algorithms, token.header_, {as_bytes(token.signed_text_), token.signature_}
    );
    if (!key) {
        return propagate(key);
    }
    const Result<Bytes> payload = base64url_decode(token.payload_);
    if (!payload) {
        return fail(Errc::malformed, "jwt: claims");
    }
    Result<Json> claims = parse_json(as_text(*payload), detail::claim_limits);
    if (!claims) {
        return propagate(claims);
    }
    if (!claims->is_object()) {
        return fail(Errc::malformed, "jwt: claims are an object");
    }
    if (Result<> good = detail::check_claims(*claims, rules_, now); !good) {
        return propagate(good);
    }
    return VerifiedClaims(std::move(*claims), **key);
}

}  // namespace cardea::jose
