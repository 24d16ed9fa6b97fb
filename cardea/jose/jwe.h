// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/random.h"
#include "cardea/jose/encryption_key.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::jose {

/// JSON Web Encryption (RFC 7516): a message that only who holds a key can read, and that nobody changed on
/// the way. It proves nothing about its writer when the key is a public one: sign first, then encrypt.
///
/// `zip` is refused: what was compressed grows without bound, and its size tells about the text.
inline constexpr std::size_t max_jwe_size = std::size_t{1} << 20;  ///< of a whole JWE, in characters
inline constexpr std::size_t max_jwe_recipients = 16;

/// What the writer says beside algorithms and key; what is empty is left out.
struct JweOptions {
    std::string typ;  ///< the kind of the whole
    std::string cty;  ///< the kind of the plaintext: "JWT" for a nested token
    std::string apu;  ///< as bytes: the writer's name, which ECDH-ES mixes into the key
    std::string apv;  ///< as bytes: the reader's
    std::string aad;  ///< of the JSON serialization: authenticated beside the plaintext, but not secret
};

/// Writes JWEs. Immutable: any thread may use it.
class JweEncrypter {
 public:
    JweEncrypter(EncryptionKey recipient, ContentEncryption encryption);
    /// One message for several, each with a key of their own; not dir or ECDH-ES, which have no place for it.
    JweEncrypter(std::vector<EncryptionKey> recipients, ContentEncryption encryption);

    /// The compact serialization. The content's key, IV and the ephemeral key are drawn from `random`.
    /// Errc::too_large when it would not be read again (max_jwe_size, max_jwe_recipients); Errc::invalid for
    /// options that have no place in it, a key of dir that is for another encryption, or more than one
    /// recipient.
    [[nodiscard]] Result<std::string> encrypt(
        ByteView plaintext, Random& random, const JweOptions& options = {}
    ) const;

    /// The JSON serialization: flattened for one recipient, general for several. Fails likewise.
    [[nodiscard]] Result<std::string> encrypt_json(
        ByteView plaintext, Random& random, const JweOptions& options = {}
    ) const;

 private:
    std::vector<EncryptionKey> recipients_;
    ContentEncryption encryption_;
};

/// A JWE that was opened.
struct OpenedJwe {
    SecretText plaintext;
    Json header;      ///< the protected header alone: nobody vouches for what stands in the others
    std::string aad;  ///< what was authenticated beside the plaintext
};

/// Reads JWEs. It takes what its owner named: the algorithms of its keys, and the content encryptions it was
/// given. A key is tried when its algorithm is the header's and their key ids, where both have one, are the
/// same. Immutable: any thread may use it.
class JweDecrypter {
 public:
    JweDecrypter(std::vector<DecryptionKey> keys, std::vector<ContentEncryption> accepted);

    /// What everyone can see: Errc::malformed; Errc::too_large; Errc::unsupported for an algorithm that is
    /// not done here or not accepted, `zip` and `crit`; Errc::not_found when none of the keys is for it;
    /// Errc::invalid for a point that is not on its curve. Whatever only the key tells is
    /// Errc::signature_invalid, and costs the same (RFC 7516 section 11.5).
    [[nodiscard]] Result<OpenedJwe> decrypt(std::string_view compact) const;

    /// The same for the JSON serializations: the message of the first recipient that one of the keys opens.
    [[nodiscard]] Result<OpenedJwe> decrypt_json(std::string_view json) const;

 private:
    std::vector<DecryptionKey> keys_;
    std::vector<ContentEncryption> accepted_;
};

}  // namespace cardea::jose
