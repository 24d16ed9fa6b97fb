// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/email.h"
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"

using cardea::account::EmailAddress;

// Whatever is an address has one @ in its key, and the key is an address with that same key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (const auto address = EmailAddress::parse(cardea::as_text({data, size}))) {
        CARDEA_ASSERT(address->key().find('@') == address->key().rfind('@'));
        const auto again = EmailAddress::parse(address->key());
        CARDEA_ASSERT(!again || again->key() == address->key());
    }
    return 0;
}
