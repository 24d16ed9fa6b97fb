// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/crypto/detail/import.h"
#include "cardea/crypto/detail/sodium.h"
#include "cardea/crypto/signature.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <sodium.h>

#include <algorithm>
#include <array>

namespace cardea::crypto {
namespace {

const char* const not_a_pair = "key: the private half does not belong to the public one";

SecretText secret(ByteView bytes) {
    return SecretText(as_text(bytes));
}

ByteView view(const SecretText& text) {
    return as_bytes(text.expose());
}

detail::RsaFactors factors_of(const RsaNumbers& numbers) {
    return {secret(numbers.p), secret(numbers.q), secret(numbers.dp), secret(numbers.dq), secret(numbers.qi)};
}

bool is_ec_pair(EVP_PKEY* key) {
    const detail::ErrorScope errors;
    const detail::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return EVP_PKEY_private_check(context.get()) == 1 && EVP_PKEY_pairwise_check(context.get()) == 1;
}

/// Checking all numbers would take as long as making the key; what counts is that signatures verify.
bool is_rsa_pair(const PrivateKey& key) {
    const ByteView message = as_bytes("pair");
    const Result<Signer> signer = Signer::make(key, SignatureAlgorithm::rsa_pkcs1_sha256);
    const Result<Verifier> verifier = Verifier::make(key.public_key(), SignatureAlgorithm::rsa_pkcs1_sha256);
    if (!signer || !verifier) {
        return false;
    }
    const Result<Bytes> signature = signer->sign(message);
    return signature && verifier->verify(message, *signature);
}

/// The public half that belongs to 32 secret bytes.
std::array<std::uint8_t, 32> okp_public(KeyKind curve, ByteView d) {
    detail::prepare_sodium();
    std::array<std::uint8_t, 32> x{};
    if (curve == KeyKind::x25519) {
        crypto_scalarmult_base(x.data(), d.data());
    } else {
        SecretBytes<crypto_sign_SECRETKEYBYTES> whole;
        crypto_sign_seed_keypair(x.data(), whole.expose().data(), d.data());
    }
    return x;
}

PrivateKey generate_okp(KeyKind curve) {
    detail::prepare_sodium();
    SecretBytes<32> d;
    randombytes_buf(d.expose().data(), d.expose().size());
    return PrivateKey::okp(curve, okp_public(curve, d.expose()), d.expose()).value();
}

}  // namespace

PrivateKey PrivateKey::generate(KeyKind curve) {
    CARDEA_ASSERT(curve != KeyKind::rsa);
    if (!is_nist_curve(curve)) {
        return generate_okp(curve);
    }
    const detail::PkeyHandle made(EVP_EC_gen(detail::curve_name(curve)));
    CARDEA_ASSERT(made);
    return detail::import_private(made.get()).value();
}

Result<PrivateKey> PrivateKey::generate_rsa(unsigned bits) {
    if (bits < min_rsa_bits || bits > max_rsa_bits) {
        return fail(Errc::invalid, "key: an RSA modulus of less than 2048 or more than 8192 bits");
    }
    const detail::PkeyHandle made(EVP_RSA_gen(bits));
    CARDEA_ASSERT(made);
    return detail::import_private(made.get());
}

Result<PrivateKey> PrivateKey::rsa(const RsaNumbers& numbers) {
    Result<PublicKey> half = PublicKey::rsa(numbers.n, numbers.e);
    if (!half) {
        return propagate(half);
    }
    for (const ByteView number : {numbers.d, numbers.p, numbers.q, numbers.dp, numbers.dq, numbers.qi}) {
        if (number.empty() || number[0] == 0 || number.size() > numbers.n.size()) {
            return fail(Errc::invalid, not_a_pair);
        }
    }
    detail::PkeyHandle handle = detail::KeyBuilder()
                                    .add(OSSL_PKEY_PARAM_RSA_N, numbers.n)
                                    .add(OSSL_PKEY_PARAM_RSA_E, numbers.e)
                                    .add(OSSL_PKEY_PARAM_RSA_D, numbers.d)
                                    .add(OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p)
                                    .add(OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q)
                                    .add(OSSL_PKEY_PARAM_RSA_EXPONENT1, numbers.dp)
                                    .add(OSSL_PKEY_PARAM_RSA_EXPONENT2, numbers.dq)
                                    .add(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, numbers.qi)
                                    .build("RSA", EVP_PKEY_KEYPAIR);
    if (!handle) {
        return fail(Errc::invalid, "key: RSA");
    }
    PrivateKey key(std::make_shared<const detail::PrivateKeyData>(
        std::move(*half), secret(numbers.d), std::move(handle), factors_of(numbers)
    ));
    if (!is_rsa_pair(key)) {
        return fail(Errc::invalid, not_a_pair);
    }
    return key;
}

Result<PrivateKey> PrivateKey::ec(KeyKind curve, ByteView x, ByteView y, ByteView d) {
    Result<PublicKey> half = PublicKey::ec(curve, x, y);
    if (!half) {
        return propagate(half);
    }
    if (d.size() != coordinate_size(curve)) {
        return fail(Errc::invalid, "key: a private number of the wrong size");
    }
    const Bytes point = detail::uncompressed_point(x, y);
    detail::PkeyHandle handle = detail::KeyBuilder()
                                    .add_text(OSSL_PKEY_PARAM_GROUP_NAME, detail::curve_name(curve))
                                    .add_bytes(OSSL_PKEY_PARAM_PUB_KEY, point)
                                    .add(OSSL_PKEY_PARAM_PRIV_KEY, d)
                                    .build("EC", EVP_PKEY_KEYPAIR);
    if (!handle || !is_ec_pair(handle.get())) {
        return fail(Errc::invalid, not_a_pair);
    }
    return PrivateKey(
        std::make_shared<const detail::PrivateKeyData>(std::move(*half), secret(d), std::move(handle))
    );
}

Result<PrivateKey> PrivateKey::okp(KeyKind curve, ByteView x, ByteView d) {
    Result<PublicKey> half = PublicKey::okp(curve, x);
    if (!half) {
        return propagate(half);
    }
    if (d.size() != coordinate_size(curve)) {
        return fail(Errc::invalid, "key: a private number of the wrong size");
    }
    if (!std::ranges::equal(okp_public(curve, d), x)) {
        return fail(Errc::invalid, not_a_pair);
    }
    return PrivateKey(std::make_shared<const detail::PrivateKeyData>(std::move(*half), secret(d), nullptr));
}

const PublicKey& PrivateKey::public_key() const noexcept {
    return data_->public_key;
}

ByteView PrivateKey::d() const noexcept {
    return view(data_->d);
}

RsaNumbers PrivateKey::rsa_numbers() const noexcept {
    if (kind() != KeyKind::rsa) {
        return {};
    }
    return {
        public_key().n(),
        public_key().e(),
        view(data_->d),
        view(data_->factors.p),
        view(data_->factors.q),
        view(data_->factors.dp),
        view(data_->factors.dq),
        view(data_->factors.qi)
    };
}

}  // namespace cardea::crypto
