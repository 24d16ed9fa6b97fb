// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/ecdh.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/import.h"
#include "cardea/crypto/detail/sodium.h"

#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <sodium.h>

#include <array>
#include <optional>

namespace cardea::crypto {
namespace {

using Point = std::unique_ptr<EC_POINT, detail::Free<EC_POINT_clear_free>>;

const EC_GROUP* find_group(KeyKind curve) {
    static const std::array<EC_GROUP*, 3> groups{
        EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1),
        EC_GROUP_new_by_curve_name(NID_secp384r1),
        EC_GROUP_new_by_curve_name(NID_secp521r1)
    };
    return groups[curve == KeyKind::p256 ? 0 : curve == KeyKind::p384 ? 1 : 2];
}

/// The key with this scalar; nothing unless 0 < scalar < order.
std::optional<PrivateKey> make_nist_key(KeyKind curve, ByteView scalar) {
    const EC_GROUP* group = find_group(curve);
    const detail::BigNumber d = detail::to_number(scalar);
    if (BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group)) >= 0) {
        return std::nullopt;
    }
    BN_set_flags(d.get(), BN_FLG_CONSTTIME);
    const Point point(EC_POINT_new(group));
    const detail::BigNumber x(BN_new());
    const detail::BigNumber y(BN_new());
    Bytes coordinates(2 * scalar.size());
    const int size = static_cast<int>(scalar.size());
    const bool done = EC_POINT_mul(group, point.get(), d.get(), nullptr, nullptr, nullptr) == 1 &&
                      EC_POINT_get_affine_coordinates(group, point.get(), x.get(), y.get(), nullptr) == 1 &&
                      BN_bn2binpad(x.get(), coordinates.data(), size) == size &&
                      BN_bn2binpad(y.get(), coordinates.data() + size, size) == size;
    CARDEA_ASSERT(done);
    const ByteView both(coordinates);
    return PrivateKey::ec(curve, both.first(scalar.size()), both.last(scalar.size()), scalar).value();
}

PrivateKey make_x25519_key(ByteView scalar) {
    detail::prepare_sodium();
    std::array<std::uint8_t, crypto_scalarmult_BYTES> x{};
    CARDEA_ASSERT(crypto_scalarmult_base(x.data(), scalar.data()) == 0);
    return PrivateKey::okp(KeyKind::x25519, x, scalar).value();
}

Result<SecretText> agree_x25519(const PrivateKey& mine, const PublicKey& theirs) {
    detail::prepare_sodium();
    SecretBytes<crypto_scalarmult_BYTES> shared;
    if (crypto_scalarmult(shared.expose().data(), mine.d().data(), theirs.x().data()) != 0) {
        return fail(Errc::invalid, "public key");
    }
    return SecretText(as_text(shared.expose()));
}

/// The points were checked when the keys were made.
SecretText agree_nist(const PrivateKey& mine, const PublicKey& theirs) {
    const detail::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, detail::handle(mine), nullptr));
    SecretBytes<66> shared;
    std::size_t size = shared.expose().size();
    const bool done = EVP_PKEY_derive_init(context.get()) == 1 &&
                      EVP_PKEY_derive_set_peer_ex(context.get(), detail::handle(theirs), 0) == 1 &&
                      EVP_PKEY_derive(context.get(), shared.expose().data(), &size) == 1;
    CARDEA_ASSERT(done && size == coordinate_size(mine.kind()));
    return SecretText(as_text(shared.expose()).substr(0, size));
}

}  // namespace

PrivateKey make_agreement_key(KeyKind curve, Random& random) {
    CARDEA_ASSERT(can_agree(curve));
    while (true) {
        SecretBytes<66> drawn;
        const std::span<std::uint8_t> scalar = std::span(drawn.expose()).first(coordinate_size(curve));
        random.fill(scalar);
        if (curve == KeyKind::x25519) {
            return make_x25519_key(scalar);
        }
        if (curve == KeyKind::p521) {
            scalar.front() &= 1;
        }
        if (std::optional<PrivateKey> key = make_nist_key(curve, scalar)) {
            return *std::move(key);
        }
    }
}

Result<SecretText> ecdh(const PrivateKey& mine, const PublicKey& theirs) {
    if (mine.kind() != theirs.kind() || !can_agree(mine.kind())) {
        return fail(Errc::invalid, "not on one curve");
    }
    return mine.kind() == KeyKind::x25519 ? agree_x25519(mine, theirs) : agree_nist(mine, theirs);
}

}  // namespace cardea::crypto
