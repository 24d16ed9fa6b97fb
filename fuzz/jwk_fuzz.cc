// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/jose/jwk_set.h"
#include "cardea/jose/key_source.h"

using namespace cardea;
using namespace cardea::jose;

// The text as a JWK, as a set of them, and as PEM. What is read comes back the same from its own text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView(data, size));
    if (const auto key = Jwk::parse(text)) {
        const auto again = Jwk::parse(key->to_private_json().expose());
        CARDEA_ASSERT(
            again && again->thumbprint() == key->thumbprint() && again->to_json() == key->to_json()
        );
        for (const JwsAlgorithm algorithm : all_jws_algorithms) {
            std::ignore = VerificationKey::make(*key, algorithm);
        }
    }
    if (const auto set = JwkSet::parse(text)) {
        std::ignore = KeySet::make(*set, JwsAlgorithm::es256);
    }
    std::ignore = Jwk::from_pem(text);
    return 0;
}
