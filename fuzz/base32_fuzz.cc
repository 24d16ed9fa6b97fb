// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/base32.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea;
    const std::string_view text = as_text({data, size});
    const auto strict = base32_decode(text, Base32Reading::strict);
    const auto lenient = base32_decode(text, Base32Reading::lenient);
    if (strict) {
        CARDEA_ASSERT(base32_encode(*strict) == text.substr(0, text.find('=')));
        CARDEA_ASSERT(lenient && *lenient == *strict);
    }
    const auto back = base32_decode(base32_encode({data, size}), Base32Reading::strict);
    CARDEA_ASSERT(back && *back == Bytes(data, data + size));
    return 0;
}
