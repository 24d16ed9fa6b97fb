// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/detail/import.h"

#include "cardea/base/assert.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>

#include <algorithm>
#include <array>
#include <string>

namespace cardea::crypto::detail {
namespace {

constexpr std::array<KeyKind, 3> nist_curves{KeyKind::p256, KeyKind::p384, KeyKind::p521};

/// A number of a key in as many bytes as it needs, or as `size` says.
SecretText take_number(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
    BIGNUM* taken = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &taken) != 1) {
        return {};
    }
    const BigNumber number(taken);
    Bytes bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(number.get()))));
    CARDEA_ASSERT(BN_bn2binpad(number.get(), bytes.data(), static_cast<int>(bytes.size())) >= 0);
    SecretText secret(as_text(bytes));
    wipe(bytes.data(), bytes.size());
    return secret;
}

ByteView view(const SecretText& number) {
    return as_bytes(number.expose());
}

Result<KeyKind> kind_of(const EVP_PKEY* key) {
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_RSA:
            return KeyKind::rsa;
        case EVP_PKEY_ED25519:
            return KeyKind::ed25519;
        case EVP_PKEY_X25519:
            return KeyKind::x25519;
        case EVP_PKEY_EC:
            break;
        default:
            return fail(Errc::unsupported, "key: neither RSA nor a curve that is done here");
    }
    std::array<char, 32> name{};
    std::size_t size = 0;
    EVP_PKEY_get_group_name(key, name.data(), name.size(), &size);
    const int nid = OBJ_sn2nid(name.data());
    const auto curve = std::ranges::find_if(nist_curves, [nid](KeyKind one) {
        return nid != NID_undef && EC_curve_nist2nid(curve_name(one)) == nid;
    });
    if (curve == nist_curves.end()) {
        return fail(Errc::unsupported, "key: a curve that is not done here");
    }
    return *curve;
}

SecretText raw_bytes(const EVP_PKEY* key, decltype(&EVP_PKEY_get_raw_public_key) read) {
    std::array<std::uint8_t, 32> bytes{};
    std::size_t size = bytes.size();
    if (read(key, bytes.data(), &size) != 1 || size != bytes.size()) {
        return {};
    }
    SecretText secret(as_text(bytes));
    wipe(bytes.data(), bytes.size());
    return secret;
}

}  // namespace

BigNumber to_number(ByteView big_endian) {
    // A secure number, although there is no secure heap: what is copied out of it is then wiped too.
    BigNumber number(BN_secure_new());
    CARDEA_ASSERT(number);
    CARDEA_ASSERT(BN_bin2bn(big_endian.data(), static_cast<int>(big_endian.size()), number.get()) != nullptr);
    return number;
}

KeyBuilder::KeyBuilder() : builder_(OSSL_PARAM_BLD_new()) {
    CARDEA_ASSERT(builder_);
}

KeyBuilder& KeyBuilder::add(const char* name, ByteView big_endian) {
    numbers_.push_back(to_number(big_endian));
    CARDEA_ASSERT(OSSL_PARAM_BLD_push_BN(builder_.get(), name, numbers_.back().get()) == 1);
    return *this;
}

KeyBuilder& KeyBuilder::add_text(const char* name, const char* text) {
    CARDEA_ASSERT(OSSL_PARAM_BLD_push_utf8_string(builder_.get(), name, text, 0) == 1);
    return *this;
}

KeyBuilder& KeyBuilder::add_bytes(const char* name, ByteView bytes) {
    CARDEA_ASSERT(OSSL_PARAM_BLD_push_octet_string(builder_.get(), name, bytes.data(), bytes.size()) == 1);
    return *this;
}

PkeyHandle KeyBuilder::build(const char* type, int selection) {
    const ErrorScope errors;
    const Params params(OSSL_PARAM_BLD_to_param(builder_.get()));
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    CARDEA_ASSERT(params && context);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) != 1) {
        return nullptr;
    }
    return PkeyHandle(key);
}

const char* curve_name(KeyKind curve) noexcept {
    constexpr std::array<const char*, 3> names{"P-256", "P-384", "P-521"};
    CARDEA_ASSERT(is_nist_curve(curve));
    return names[static_cast<std::size_t>(curve) - static_cast<std::size_t>(KeyKind::p256)];
}

Bytes uncompressed_point(ByteView x, ByteView y) {
    Bytes point{0x04};
    point.insert(point.end(), x.begin(), x.end());
    point.insert(point.end(), y.begin(), y.end());
    return point;
}

Result<PublicKey> import_public(const EVP_PKEY* key) {
    const Result<KeyKind> kind = kind_of(key);
    if (!kind) {
        return std::unexpected(kind.error());
    }
    if (*kind == KeyKind::rsa) {
        const SecretText n = take_number(key, OSSL_PKEY_PARAM_RSA_N);
        return PublicKey::rsa(view(n), view(take_number(key, OSSL_PKEY_PARAM_RSA_E)));
    }
    if (is_nist_curve(*kind)) {
        const std::size_t size = coordinate_size(*kind);
        const SecretText x = take_number(key, OSSL_PKEY_PARAM_EC_PUB_X, size);
        return PublicKey::ec(*kind, view(x), view(take_number(key, OSSL_PKEY_PARAM_EC_PUB_Y, size)));
    }
    return PublicKey::okp(*kind, view(raw_bytes(key, EVP_PKEY_get_raw_public_key)));
}

Result<PrivateKey> import_private(const EVP_PKEY* key) {
    const Result<PublicKey> half = import_public(key);
    if (!half) {
        return std::unexpected(half.error());
    }
    if (half->kind() == KeyKind::rsa) {
        const SecretText d = take_number(key, OSSL_PKEY_PARAM_RSA_D);
        const SecretText p = take_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
        const SecretText q = take_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
        const SecretText dp = take_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
        const SecretText dq = take_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
        const SecretText qi = take_number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
        return PrivateKey::rsa({half->n(), half->e(), view(d), view(p), view(q), view(dp), view(dq), view(qi)}
        );
    }
    if (is_nist_curve(half->kind())) {
        const SecretText d = take_number(key, OSSL_PKEY_PARAM_PRIV_KEY, coordinate_size(half->kind()));
        return PrivateKey::ec(half->kind(), half->x(), half->y(), view(d));
    }
    return PrivateKey::okp(half->kind(), half->x(), view(raw_bytes(key, EVP_PKEY_get_raw_private_key)));
}

bool has_roca_fingerprint(ByteView modulus) noexcept {
    // Every prime it made was k * M + (65537^a mod M), M the product of the first primes: so modulo each of
    // them the modulus is a power of 65537. These are the primes where that says something.
    constexpr std::array<std::uint32_t, 17> primes{
        11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157
    };
    return std::ranges::all_of(primes, [modulus](std::uint32_t prime) {
        std::uint32_t rest = 0;
        for (const std::uint8_t byte : modulus) {
            rest = (rest * 256 + byte) % prime;
        }
        std::uint32_t power = 1;
        for (std::uint32_t i = 0; i < prime && power != rest; ++i) {
            power = power * (65537 % prime) % prime;
        }
        return power == rest;
    });
}

}  // namespace cardea::crypto::detail
