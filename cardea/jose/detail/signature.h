// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/header.h"
#include "cardea/jose/key_source.h"

namespace cardea::jose::detail {

/// What was signed, and the signature in base64url.
struct Signed {
    ByteView input;
    std::string_view signature;
};

/// Finds the key that the header asks for, if its algorithm is accepted, verifies, and returns that key: the
/// one place where a signature meets a key. Errors as JwsVerifier says.
[[nodiscard]] Result<std::shared_ptr<const VerificationKey>> verify_signature(
    const KeySource& keys, JwsAlgorithms accepted, const JwsHeader& header, const Signed& what
);

}  // namespace cardea::jose::detail
