// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/signature.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/ecdsa_der.h"
#include "cardea/crypto/detail/key_data.h"
#include "cardea/crypto/detail/sodium.h"

#include <openssl/rsa.h>
#include <sodium.h>

#include <algorithm>

namespace cardea::crypto {

namespace {

struct Traits {
    KeyKind kind;
    HashAlgorithm hash;
    bool is_pss = false;
};

Traits traits_of(SignatureAlgorithm algorithm) {
    constexpr std::array<Traits, 10> all{{
        {KeyKind::rsa, HashAlgorithm::sha256},
        {KeyKind::rsa, HashAlgorithm::sha384},
        {KeyKind::rsa, HashAlgorithm::sha512},
        {KeyKind::rsa, HashAlgorithm::sha256, true},
        {KeyKind::rsa, HashAlgorithm::sha384, true},
        {KeyKind::rsa, HashAlgorithm::sha512, true},
        {KeyKind::p256, HashAlgorithm::sha256},
        {KeyKind::p384, HashAlgorithm::sha384},
        {KeyKind::p521, HashAlgorithm::sha512},
        {KeyKind::ed25519, HashAlgorithm::sha512},
    }};
    return all[static_cast<std::size_t>(algorithm)];
}

const EVP_MD* hash_function(HashAlgorithm hash) {
    switch (hash) {
        case HashAlgorithm::sha384:
            return EVP_sha384();
        case HashAlgorithm::sha512:
            return EVP_sha512();
        default:
            return EVP_sha256();
    }
}

/// A context with everything set, to be copied for each operation: that costs a fraction of setting it up.
detail::PkeyContext make_context(EVP_PKEY* key, const Traits& traits, decltype(&EVP_PKEY_sign_init) begin) {
    detail::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    bool done = context && begin(context.get()) == 1;
    if (traits.kind == KeyKind::rsa) {
        const int padding = traits.is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
        done = done && EVP_PKEY_CTX_set_rsa_padding(context.get(), padding) == 1;
    }
    done = done && EVP_PKEY_CTX_set_signature_md(context.get(), hash_function(traits.hash)) == 1;
    if (traits.is_pss) {
        done = done && EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    CARDEA_ASSERT(done);
    return context;
}

std::unexpected<Error> refuse() {
    return fail(Errc::signature_invalid, "signature");
}

}  // namespace

struct detail::PreparedKey {
    Traits traits;
    PkeyContext context;                               ///< null for Ed25519
    std::array<std::uint8_t, 32> ed25519_public = {};  ///< of Ed25519
    SecretBytes<crypto_sign_SECRETKEYBYTES> ed25519_secret = {
    };  ///< of Ed25519: the seed, then the public key
};

KeyKind key_kind(SignatureAlgorithm algorithm) noexcept {
    return traits_of(algorithm).kind;
}

Result<Verifier> Verifier::make(const PublicKey& key, SignatureAlgorithm algorithm) {
    const Traits traits = traits_of(algorithm);
    if (key.kind() != traits.kind) {
        return fail(Errc::invalid, "key: of another kind than the algorithm");
    }
    auto prepared = std::make_shared<detail::PreparedKey>(traits);
    if (traits.kind == KeyKind::ed25519) {
        detail::prepare_sodium();
        std::ranges::copy(key.x(), prepared->ed25519_public.begin());
    } else {
        prepared->context = make_context(detail::handle(key), traits, EVP_PKEY_verify_init);
    }
    return Verifier(std::move(prepared));
}

Result<> Verifier::verify(ByteView message, ByteView signature) const {
    const Traits& traits = key_->traits;
    if (traits.kind == KeyKind::ed25519) {
        const bool is_right =
            signature.size() == crypto_sign_BYTES &&
            crypto_sign_verify_detached(
                signature.data(), message.data(), message.size(), key_->ed25519_public.data()
            ) == 0;
        return is_right ? Result<>() : Result<>(refuse());
    }
    const detail::ErrorScope errors;
    const Digest hash = digest(traits.hash, message);
    detail::EcdsaDer der;
    if (is_nist_curve(traits.kind)) {
        if (!der.encode(signature, coordinate_size(traits.kind))) {
            return refuse();
        }
        signature = der.bytes();
    }
    const detail::PkeyContext context(EVP_PKEY_CTX_dup(key_->context.get()));
    CARDEA_ASSERT(context);
    const ByteView hashed = hash.bytes();
    if (EVP_PKEY_verify(context.get(), signature.data(), signature.size(), hashed.data(), hashed.size()) !=
        1) {
        return refuse();
    }
    return {};
}

Result<Signer> Signer::make(const PrivateKey& key, SignatureAlgorithm algorithm) {
    const Traits traits = traits_of(algorithm);
    if (key.kind() != traits.kind) {
        return fail(Errc::invalid, "key: of another kind than the algorithm");
    }
    auto prepared = std::make_shared<detail::PreparedKey>(traits);
    if (traits.kind == KeyKind::ed25519) {
        detail::prepare_sodium();
        std::array<std::uint8_t, 32> unused{};
        crypto_sign_seed_keypair(unused.data(), prepared->ed25519_secret.expose().data(), key.d().data());
    } else {
        prepared->context = make_context(detail::handle(key), traits, EVP_PKEY_sign_init);
    }
    return Signer(std::move(prepared));
}

Result<Bytes> Signer::sign(ByteView message) const {
    const Traits& traits = key_->traits;
    if (traits.kind == KeyKind::ed25519) {
        Bytes signature(crypto_sign_BYTES);
        crypto_sign_detached(
            signature.data(), nullptr, message.data(), message.size(), key_->ed25519_secret.expose().data()
        );
        return signature;
    }
    const detail::ErrorScope errors;
    const Digest hash = digest(traits.hash, message);
    const ByteView hashed = hash.bytes();
    const detail::PkeyContext context(EVP_PKEY_CTX_dup(key_->context.get()));
    CARDEA_ASSERT(context);
    Bytes signature(max_rsa_bits / 8);
    std::size_t size = signature.size();
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, hashed.data(), hashed.size()) != 1) {
        return fail(Errc::internal, "signing");
    }
    signature.resize(size);
    return is_nist_curve(traits.kind) ? detail::raw_signature(signature, coordinate_size(traits.kind))
                                      : Result<Bytes>(std::move(signature));
}

}  // namespace cardea::crypto
