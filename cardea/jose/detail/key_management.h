// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/random.h"
#include "cardea/jose/detail/content_cipher.h"
#include "cardea/jose/encryption_key.h"

namespace cardea::jose::detail {

/// Who says they write and read: the header's `apu` and `apv`, decoded.
struct Parties {
    ByteView apu;
    ByteView apv;
};

/// A content key on its way to a recipient.
struct EncryptedKey {
    Bytes bytes;              ///< empty for dir and ECDH-ES
    Json::Object parameters;  ///< the header members that the way back needs: epk, or iv and tag
};

/// A content key, and how one recipient comes by it.
struct ManagedKey {
    ContentKey content_key;
    EncryptedKey encrypted_key;
};

/// Takes the shared key, agrees on one, or makes one and wraps it. Errc::invalid when the key is for another
/// encryption, or its point is of small order.
[[nodiscard]] Result<ManagedKey> make_managed_key(
    const EncryptionKey& key, ContentEncryption encryption, const Parties& parties, Random& random
);

/// Wraps a content key for one of several recipients. Errc::invalid for dir and ECDH-ES, which cannot.
[[nodiscard]] Result<EncryptedKey> wrap_content_key(
    const EncryptionKey& key, const ContentKey& content_key, const Parties& parties, Random& random
);

/// The way back. Errc::malformed and Errc::invalid for header members that are no such key, which everyone
/// can see; Errc::signature_invalid when the encrypted key is not ours.
[[nodiscard]] Result<ContentKey> recover_content_key(
    const DecryptionKey& key, ContentEncryption encryption, const Json& header, ByteView encrypted_key
);

}  // namespace cardea::jose::detail
