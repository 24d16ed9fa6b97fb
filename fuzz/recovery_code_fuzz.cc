// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/otp/recovery_code.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea;
    if (const auto code = otp::RecoveryCode::parse(as_text({data, size}))) {
        const auto again = otp::RecoveryCode::parse(code->text().expose());
        CARDEA_ASSERT(again && constant_time_equal(again->hash({}), code->hash({})));
    }
    return 0;
}
