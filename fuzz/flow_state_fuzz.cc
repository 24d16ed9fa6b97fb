// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/flow/detail/flow_state_text.h"

#include <algorithm>

using cardea::flow::detail::decode;
using cardea::flow::detail::encode;

// What lies inside the seal of a flow's state: whatever decodes is written back byte for byte.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const cardea::ByteView bytes(data, size);
    if (const auto text = decode(bytes)) {
        CARDEA_ASSERT(std::ranges::equal(encode(*text), bytes));
    }
    return 0;
}
