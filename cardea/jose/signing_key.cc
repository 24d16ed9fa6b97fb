// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/signing_key.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cardea::jose {
namespace {

using crypto::HashAlgorithm;
using crypto::KeyKind;
using crypto::SignatureAlgorithm;

HashAlgorithm hmac_hash(JwsAlgorithm algorithm) {
    constexpr std::array<HashAlgorithm, 3> hashes{
        HashAlgorithm::sha256, HashAlgorithm::sha384, HashAlgorithm::sha512
    };
    CARDEA_ASSERT(is_symmetric(algorithm));
    return hashes[static_cast<std::size_t>(algorithm)];
}

SignatureAlgorithm signature_algorithm(JwsAlgorithm algorithm) {
    constexpr std::array<std::pair<JwsAlgorithm, SignatureAlgorithm>, 10> pairs{{
        {JwsAlgorithm::rs256, SignatureAlgorithm::rsa_pkcs1_sha256},
        {JwsAlgorithm::rs384, SignatureAlgorithm::rsa_pkcs1_sha384},
        {JwsAlgorithm::rs512, SignatureAlgorithm::rsa_pkcs1_sha512},
        {JwsAlgorithm::ps256, SignatureAlgorithm::rsa_pss_sha256},
        {JwsAlgorithm::ps384, SignatureAlgorithm::rsa_pss_sha384},
        {JwsAlgorithm::ps512, SignatureAlgorithm::rsa_pss_sha512},
        {JwsAlgorithm::es256, SignatureAlgorithm::ecdsa_p256_sha256},
        {JwsAlgorithm::es384, SignatureAlgorithm::ecdsa_p384_sha384},
        {JwsAlgorithm::es512, SignatureAlgorithm::ecdsa_p521_sha512},
        {JwsAlgorithm::eddsa, SignatureAlgorithm::ed25519},
    }};
    const auto* found = std::ranges::find(pairs, algorithm, &decltype(pairs)::value_type::first);
    CARDEA_ASSERT(found != pairs.end());
    return found->second;
}

/// What the key says, or what its curve leaves.
Result<JwsAlgorithm> algorithm_of(const Jwk& jwk) {
    if (!jwk.alg().empty()) {
        const std::optional<JwsAlgorithm> named = parse_jws_algorithm(jwk.alg());
        return named ? Result<JwsAlgorithm>(*named) : fail(Errc::unsupported, "jwk: alg is none that signs");
    }
    const crypto::PublicKey* key = jwk.public_key();
    switch (key != nullptr ? key->kind() : KeyKind::rsa) {
        case KeyKind::p256:
            return JwsAlgorithm::es256;
        case KeyKind::p384:
            return JwsAlgorithm::es384;
        case KeyKind::p521:
            return JwsAlgorithm::es512;
        case KeyKind::ed25519:
            return JwsAlgorithm::eddsa;
        case KeyKind::rsa:
        case KeyKind::x25519:
            break;
    }
    return fail(Errc::invalid, "jwk: names no algorithm");
}

/// Whether the key may do that with this algorithm, but for its kind.
Result<> check(const Jwk& jwk, JwsAlgorithm algorithm, KeyOperation operation) {
    if (!jwk.alg().empty() && jwk.alg() != name(algorithm)) {
        return fail(Errc::invalid, "jwk: is for another algorithm");
    }
    if (!jwk.allows(operation)) {
        return fail(Errc::invalid, "jwk: use or key_ops forbid it");
    }
    return {};
}

/// The secret of an HMAC key.
Result<std::shared_ptr<const SecretText>> secret_of(const Jwk& jwk, JwsAlgorithm algorithm) {
    const SecretText* secret = jwk.symmetric();
    if (secret == nullptr) {
        return fail(Errc::invalid, "jwk: of another kind than the algorithm");
    }
    if (secret->size() < crypto::digest_size(hmac_hash(algorithm))) {
        return fail(Errc::invalid, "jwk: an HMAC secret shorter than its hash");
    }
    return std::make_shared<const SecretText>(secret->clone());
}

/// The HMAC of a message.
crypto::Digest mac_of(const SecretText& secret, JwsAlgorithm algorithm, ByteView message) {
    return crypto::hmac(hmac_hash(algorithm), as_bytes(secret.expose()), message);
}

}  // namespace

Result<VerificationKey> VerificationKey::make(const Jwk& jwk) {
    const Result<JwsAlgorithm> algorithm = algorithm_of(jwk);
    return algorithm ? make(jwk, *algorithm) : Result<VerificationKey>(std::unexpected(algorithm.error()));
}

Result<VerificationKey> VerificationKey::make(const Jwk& jwk, JwsAlgorithm algorithm) {
    if (Result<> allowed = check(jwk, algorithm, KeyOperation::verify); !allowed) {
        return propagate(allowed);
    }
    if (is_symmetric(algorithm)) {
        Result<Secret> secret = secret_of(jwk, algorithm);
        if (!secret) {
            return propagate(secret);
        }
        return VerificationKey(algorithm, jwk.kid(), std::move(*secret));
    }
    const crypto::PublicKey* key = jwk.public_key();
    if (key == nullptr) {
        return fail(Errc::invalid, "jwk: of another kind than the algorithm");
    }
    Result<crypto::Verifier> verifier = crypto::Verifier::make(*key, signature_algorithm(algorithm));
    if (!verifier) {
        return propagate(verifier);
    }
    return VerificationKey(algorithm, jwk.kid(), std::move(*verifier));
}

Result<> VerificationKey::verify(ByteView message, ByteView signature) const {
    if (const crypto::Verifier* verifier = std::get_if<crypto::Verifier>(&means_)) {
        return verifier->verify(message, signature);
    }
    const crypto::Digest mac = mac_of(*std::get<Secret>(means_), algorithm_, message);
    if (!constant_time_equal(mac.bytes(), signature)) {
        return fail(Errc::signature_invalid, "signature");
    }
    return {};
}

Result<SigningKey> SigningKey::make(const Jwk& jwk) {
    const Result<JwsAlgorithm> algorithm = algorithm_of(jwk);
    return algorithm ? make(jwk, *algorithm) : Result<SigningKey>(std::unexpected(algorithm.error()));
}

Result<SigningKey> SigningKey::make(const Jwk& jwk, JwsAlgorithm algorithm) {
    if (Result<> allowed = check(jwk, algorithm, KeyOperation::sign); !allowed) {
        return propagate(allowed);
    }
    if (is_symmetric(algorithm)) {
        Result<Secret> secret = secret_of(jwk, algorithm);
        if (!secret) {
            return propagate(secret);
        }
        return SigningKey(algorithm, jwk.kid(), std::move(*secret));
    }
    const crypto::PrivateKey* key = jwk.private_key();
    if (key == nullptr) {
        return fail(Errc::invalid, "jwk: not a private key of the algorithm's kind");
    }
    Result<crypto::Signer> signer = crypto::Signer::make(*key, signature_algorithm(algorithm));
    if (!signer) {
        return propagate(signer);
    }
    return SigningKey(algorithm, jwk.kid(), std::move(*signer));
}

Result<Bytes> SigningKey::sign(ByteView message) const {
    if (const crypto::Signer* signer = std::get_if<crypto::Signer>(&means_)) {
        return signer->sign(message);
    }
    const crypto::Digest mac = mac_of(*std::get<Secret>(means_), algorithm_, message);
    return Bytes(mac.bytes().begin(), mac.bytes().end());
}

Jwk generate_key(JwsAlgorithm algorithm, Random& random) {
    const auto generate = [&]() -> Jwk {
        if (is_symmetric(algorithm)) {
            SecretBytes<64> bytes = random.secret<64>();
            const ByteView used = ByteView(bytes.expose()).first(crypto::digest_size(hmac_hash(algorithm)));
            return Jwk::symmetric(SecretText(as_text(used))).value();
        }
        const KeyKind kind = crypto::key_kind(signature_algorithm(algorithm));
        return Jwk(
            kind == KeyKind::rsa ? crypto::PrivateKey::generate_rsa().value()
                                 : crypto::PrivateKey::generate(kind)
        );
    };
    Jwk jwk = generate();
    jwk.set_kid(jwk.thumbprint()).set_alg(name(algorithm)).set_use("sig");
    return jwk;
}

}  // namespace cardea::jose
