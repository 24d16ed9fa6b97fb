// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/reference.h"
#include "cardea/base/bytes.h"
#include "cardea/crypto/keyring.h"

#include <tuple>

using cardea::audit::References;
using cardea::crypto::Keyring;

// What an operator pastes into `cardea why`.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Keyring keyring = Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    static const References references(keyring);
    if (const auto refusal = references.explain(cardea::as_text({data, size}))) {
        std::ignore = describe(refusal->rule);
    }
    return 0;
}
