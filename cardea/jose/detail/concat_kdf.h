// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"

#include <cstddef>
#include <string_view>

namespace cardea::jose::detail {

/// What a derived key is for: who the two parties say they are, and the algorithm that takes it.
struct KeyPurpose {
    std::string_view algorithm;
    ByteView apu;  ///< as in the header, decoded
    ByteView apv;
    std::size_t size;  ///< of the key, in bytes
};

/// The key out of what two parties agreed on: the Concat KDF with SHA-256 (RFC 7518 section 4.6.2).
[[nodiscard]] SecretText concat_kdf(ByteView agreed, const KeyPurpose& purpose);

}  // namespace cardea::jose::detail
