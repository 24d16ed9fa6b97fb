// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/jose/jwe_algorithm.h"

namespace cardea::jose::detail {

/// The key that encrypts the content (RFC 7516: CEK): key_size(encryption) bytes.
struct ContentKey {
    ContentEncryption encryption;
    SecretText bytes;
};

/// What the content becomes, as a JWE carries it.
struct SealedContent {
    Bytes iv;
    Bytes ciphertext;
    Bytes tag;
};

[[nodiscard]] ContentKey make_content_key(ContentEncryption encryption, Random& random);

/// Encrypts with an IV drawn from `random`.
[[nodiscard]] SealedContent seal_content(
    const ContentKey& key, ByteView plaintext, ByteView associated_data, Random& random
);

/// Errc::signature_invalid unless exactly this was sealed with this key. IV and tag have the one size that
/// RFC 7518 section 5 gives them.
[[nodiscard]] Result<SecretText> open_content(
    const ContentKey& key, const SealedContent& sealed, ByteView associated_data
);

}  // namespace cardea::jose::detail
