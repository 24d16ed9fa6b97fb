// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/otp/key_uri.h"
#include "cardea/otp/qr_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea;
    using namespace cardea::otp;
    const auto key = parse_key_uri(as_text({data, size}));
    if (!key) {
        return 0;
    }
    const auto uri = make_key_uri(*key);
    CARDEA_ASSERT(uri && QrCode::make(uri->expose()));
    const auto again = parse_key_uri(uri->expose());
    CARDEA_ASSERT(again && again->issuer == key->issuer && again->account == key->account);
    CARDEA_ASSERT(constant_time_equal(again->secret.expose(), key->secret.expose()));
    CARDEA_ASSERT(again->kind == key->kind && again->format == key->format && again->period == key->period);
    return 0;
}
