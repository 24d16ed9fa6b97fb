// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/detail/sodium.h"

#include "cardea/base/assert.h"

#include <sodium.h>

namespace cardea::crypto {

void detail::prepare_sodium() noexcept {
    static const bool ready = sodium_init() >= 0;
    CARDEA_ASSERT(ready);
}

}  // namespace cardea::crypto
