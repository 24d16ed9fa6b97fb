// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/detail/import.h"
#include "cardea/crypto/detail/sodium.h"

#include <openssl/core_names.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>

namespace cardea::crypto {
namespace {

constexpr std::size_t max_exponent_size = 8;

std::size_t bits_of(ByteView number) {
    return number.empty() ? 0 : number.size() * 8 - static_cast<std::size_t>(std::countl_zero(number[0]));
}

bool is_odd(ByteView number) {
    return !number.empty() && (number.back() & 1U) != 0;
}

Result<> check_rsa(ByteView n, ByteView e) {
    if (n.empty() || e.empty() || n[0] == 0 || e[0] == 0) {
        return fail(Errc::invalid, "key: an RSA number that is zero or begins with zeros");
    }
    if (bits_of(n) < min_rsa_bits || bits_of(n) > max_rsa_bits) {
        return fail(Errc::invalid, "key: an RSA modulus of less than 2048 or more than 8192 bits");
    }
    if (!is_odd(n) || !is_odd(e) || bits_of(e) < 17 || e.size() > max_exponent_size) {
        return fail(Errc::invalid, "key: an RSA exponent that is even, below 65537 or above 64 bits");
    }
    if (detail::has_roca_fingerprint(n)) {
        return fail(Errc::invalid, "key: an RSA modulus of the generator of CVE-2017-15361 (ROCA)");
    }
    return {};
}

bool is_ed25519_point(ByteView x) {
    detail::prepare_sodium();
    return crypto_core_ed25519_is_valid_point(x.data()) == 1;
}

Bytes copy(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::size_t coordinate_size(KeyKind kind) noexcept {
    constexpr std::array<std::size_t, 6> sizes{0, 32, 48, 66, 32, 32};
    return sizes[static_cast<std::size_t>(kind)];
}

Result<PublicKey> PublicKey::rsa(ByteView n, ByteView e) {
    if (Result<> accepted = check_rsa(n, e); !accepted) {
        return propagate(accepted);
    }
    detail::PkeyHandle handle = detail::KeyBuilder()
                                    .add(OSSL_PKEY_PARAM_RSA_N, n)
                                    .add(OSSL_PKEY_PARAM_RSA_E, e)
                                    .build("RSA", EVP_PKEY_PUBLIC_KEY);
    if (!handle) {
        return fail(Errc::invalid, "key: RSA");
    }
    return PublicKey(
        std::make_shared<const detail::PublicKeyData>(KeyKind::rsa, copy(n), copy(e), std::move(handle))
    );
}

Result<PublicKey> PublicKey::ec(KeyKind curve, ByteView x, ByteView y) {
    const std::size_t size = coordinate_size(curve);
    if (!is_nist_curve(curve) || x.size() != size || y.size() != size) {
        return fail(Errc::invalid, "key: a coordinate of the wrong size");
    }
    const Bytes point = detail::uncompressed_point(x, y);
    detail::PkeyHandle handle = detail::KeyBuilder()
                                    .add_text(OSSL_PKEY_PARAM_GROUP_NAME, detail::curve_name(curve))
                                    .add_bytes(OSSL_PKEY_PARAM_PUB_KEY, point)
                                    .build("EC", EVP_PKEY_PUBLIC_KEY);
    if (!handle) {
        return fail(Errc::invalid, "key: a point that is not on its curve");
    }
    return PublicKey(std::make_shared<const detail::PublicKeyData>(curve, copy(x), copy(y), std::move(handle))
    );
}

Result<PublicKey> PublicKey::okp(KeyKind curve, ByteView x) {
    const bool is_signing = curve == KeyKind::ed25519;
    if ((!is_signing && curve != KeyKind::x25519) || x.size() != coordinate_size(curve)) {
        return fail(Errc::invalid, "key: not the 32 bytes of a key on Curve25519");
    }
    if (is_signing && !is_ed25519_point(x)) {
        return fail(Errc::invalid, "key: a point that is not on its curve");
    }
    return PublicKey(std::make_shared<const detail::PublicKeyData>(curve, copy(x), Bytes(), nullptr));
}

KeyKind PublicKey::kind() const noexcept {
    return data_->kind;
}

ByteView PublicKey::n() const noexcept {
    return kind() == KeyKind::rsa ? ByteView(data_->first) : ByteView();
}

ByteView PublicKey::e() const noexcept {
    return kind() == KeyKind::rsa ? ByteView(data_->second) : ByteView();
}

ByteView PublicKey::x() const noexcept {
    return kind() == KeyKind::rsa ? ByteView() : ByteView(data_->first);
}

ByteView PublicKey::y() const noexcept {
    return kind() == KeyKind::rsa ? ByteView() : ByteView(data_->second);
}

bool operator==(const PublicKey& a, const PublicKey& b) noexcept {
    return a.kind() == b.kind() && a.data_->first == b.data_->first && a.data_->second == b.data_->second;
}

}  // namespace cardea::crypto
