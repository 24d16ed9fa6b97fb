// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/signature.h"

#include "cardea/base/base64url.h"

#include <array>

namespace cardea::jose::detail {

Result<std::shared_ptr<const VerificationKey>> verify_signature(
    const KeySource& keys, JwsAlgorithms accepted, const JwsHeader& header, const Signed& what
) {
    if (!accepted.contains(header.algorithm)) {
        return fail(Errc::unsupported, "jws: an algorithm that is not accepted");
    }
    auto key = keys.find({header.algorithm, header.kid});
    if (!key) {
        return key;
    }
    // The token's own word chose nothing: a source that hands out another key is a bug of the source.
    if ((*key)->algorithm() != header.algorithm) {
        return fail(Errc::internal, "jws: a key of another algorithm");
    }
    std::array<std::uint8_t, crypto::max_rsa_bits / 8> buffer;
    const std::size_t size = what.signature.size() / 4 * 3 + what.signature.size() % 4 * 3 / 4;
    if (size > buffer.size()) {
        return fail(Errc::too_large, "jws: signature");
    }
    const std::span<std::uint8_t> signature = std::span(buffer).first(size);
    if (!base64url_decode(what.signature, signature)) {
        return fail(Errc::malformed, "jws: signature");
    }
    if (Result<> verified = (*key)->verify(what.input, signature); !verified) {
        return propagate(verified);
    }
    return key;
}

}  // namespace cardea::jose::detail
