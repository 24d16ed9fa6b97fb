// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/crypto/key.h"

namespace cardea::crypto {

/// Whether keys of this kind can agree: the NIST curves (SP 800-56A) and X25519 (RFC 7748).
[[nodiscard]] constexpr bool can_agree(KeyKind kind) noexcept {
    return is_nist_curve(kind) || kind == KeyKind::x25519;
}

/// A new private key that is what `random` gives; for the NIST curves drawn again until it is below the
/// group's order (FIPS 186-5 appendix A.2.2). The kind can_agree.
[[nodiscard]] PrivateKey make_agreement_key(KeyKind curve, Random& random);

/// What the owner of `mine` agrees on with the owner of `theirs`: an x coordinate in full length. It is no
/// key yet: derive one from it. Errc::invalid when they are not on one curve that can_agree, or when X25519
/// comes to zero, as it does for points of small order (RFC 7748 section 6.1).
[[nodiscard]] Result<SecretText> ecdh(const PrivateKey& mine, const PublicKey& theirs);

}  // namespace cardea::crypto
