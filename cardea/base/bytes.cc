// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/bytes.h"

#include <string.h>

namespace cardea {

bool constant_time_equal(ByteView a, ByteView b) noexcept {
    if (a.size() != b.size()) {
        return false;
    }
    // volatile keeps the compiler from leaving the loop at the first difference.
    volatile std::uint8_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
    }
    return difference == 0;
}

void wipe(void* memory, std::size_t size) noexcept {
    if (size > 0) {  // the memory of an empty container may be null, which explicit_bzero does not take
        explicit_bzero(memory, size);
    }
}

}  // namespace cardea
