// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/jose/jws.h"
#include "cardea/jose/jwt.h"

namespace {

using namespace cardea;
using namespace cardea::jose;

// The key of RFC 7515 appendix A.1, so that the seeds verify.
constexpr std::string_view jwk =
    R"({"kty":"oct","alg":"HS256",)"
    R"("k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})";

}  // namespace

// The text as a token, as both serializations of a JWS, and as claims to sign.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Jwk key = Jwk::parse(jwk).value();
    static const SigningKey signing_key = SigningKey::make(key).value();
    static const KeySet keys(VerificationKey::make(key).value());
    static const JwsVerifier jws(keys, JwsAlgorithm::hs256);
    static const JwtVerifier jwt(keys, {JwsAlgorithm::hs256, Accepted::any(), Accepted::any()});
    const std::string_view text = as_text(ByteView(data, size));
    const Time now(std::chrono::seconds(1'300'000'000));

    if (const auto verified = jwt.verify(text, now)) {
        CARDEA_ASSERT(verified->expires_at() > now && jws.verify_compact(text));
    }
    std::ignore = jws.verify_compact(text);
    std::ignore = jws.verify_compact(text, as_bytes("payload"));
    std::ignore = jws.verify_json(text);
    std::ignore = jws.verify_json(text, as_bytes("payload"));
    if (const auto claims = Claims::parse(text)) {
        const auto token = sign_jwt(signing_key, *claims, {.requires_expiry = false});
        CARDEA_ASSERT(!token || jws.verify_compact(*token));
    }
    return 0;
}
