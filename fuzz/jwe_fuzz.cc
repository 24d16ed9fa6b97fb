// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/jose/jwe.h"

// Each key is tried with what its algorithm takes out of the header: a wrapped key, its iv and tag, an epk.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::jose;
    static const Jwk secret = Jwk::parse(R"({"kty":"oct","k":"GawgguFyGrWKav7AX4VKUg"})").value();
    static const Jwk p256 =
        Jwk::parse(R"({"kty":"EC","crv":"P-256","x":"Ze2loSV3wrroKUN_4zhwGhCqo3Xhu1td4QjeQ5wIVR0",)"
                   R"("y":"HlLtdXARY_f55A3fnzQbPcm6hgr34Mp8p-nuzQCE0Zw",)"
                   R"("d":"r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8"})")
            .value();
    static const Jwk x25519 =
        Jwk::parse(R"({"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo",)"
                   R"("d":"dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo"})")
            .value();
    static const JweDecrypter reader(
        {DecryptionKey::direct(secret, ContentEncryption::a128gcm).value(),
         DecryptionKey::make(secret, JweAlgorithm::a128kw).value(),
         DecryptionKey::make(secret, JweAlgorithm::a128gcmkw).value(),
         DecryptionKey::make(p256, JweAlgorithm::ecdh_es).value(),
         DecryptionKey::make(x25519, JweAlgorithm::ecdh_es_a128kw).value()},
        all_content_encryptions()
    );
    const std::string_view text = cardea::as_text({data, size});
    const bool is_compact = reader.decrypt(text).has_value();
    const bool is_json = reader.decrypt_json(text).has_value();
    CARDEA_ASSERT(!is_compact || !is_json);  // no text is both
    return 0;
}
