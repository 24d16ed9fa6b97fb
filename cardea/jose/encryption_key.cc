// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/encryption_key.h"

#include "cardea/crypto/ecdh.h"

namespace cardea::jose {
namespace {

/// What a key does in a JWE; a writer and a reader each have their own.
struct Operations {
    KeyOperation content;
    KeyOperation wrapping;
};
constexpr Operations writing{KeyOperation::encrypt, KeyOperation::wrap_key};
constexpr Operations reading{KeyOperation::decrypt, KeyOperation::unwrap_key};

Result<> refuse(const char* reason) {
    return fail(Errc::invalid, reason);
}

Result<> check_secret(const Jwk& jwk, std::size_t size) {
    const SecretText* secret = jwk.symmetric();
    if (secret == nullptr || secret->size() != size) {
        return refuse("jwe: a key of another kind or size");
    }
    return {};
}

/// A public key has no operation of its own in ECDH, so only its `use` counts.
Result<> check_agreement(const Jwk& jwk, bool is_reader) {
    const crypto::PublicKey* key = jwk.public_key();
    if (key == nullptr || !crypto::can_agree(key->kind()) || (is_reader && jwk.private_key() == nullptr)) {
        return refuse("jwe: a key of another kind");
    }
    const bool is_for_encryption = jwk.use().empty() || jwk.use() == "enc";
    const bool may_derive = jwk.allows(KeyOperation::derive_key) || jwk.allows(KeyOperation::derive_bits);
    if (!is_for_encryption || (is_reader && !may_derive)) {
        return refuse("jwe: a key for another use");
    }
    return {};
}

Result<> check(const Jwk& jwk, JweAlgorithm algorithm, const Operations& operations) {
    if (algorithm == JweAlgorithm::dir) {
        return refuse("jwe: dir needs to know which encryption");
    }
    if (!jwk.alg().empty() && jwk.alg() != name(algorithm)) {
        return refuse("jwe: a key for another algorithm");
    }
    if (uses_ecdh(algorithm)) {
        return check_agreement(jwk, operations.content == KeyOperation::decrypt);
    }
    if (!jwk.allows(operations.wrapping)) {
        return refuse("jwe: a key for another use");
    }
    return check_secret(jwk, wrapping_key_size(algorithm));
}

/// RFC 7520 section 5.6 names the encryption in `alg` of a key for dir; others write "dir".
Result<> check_direct(const Jwk& jwk, ContentEncryption encryption, const Operations& operations) {
    const bool is_for_it = jwk.alg().empty() || jwk.alg() == name(encryption) || jwk.alg() == "dir";
    if (!is_for_it || !jwk.allows(operations.content)) {
        return refuse("jwe: a key for another algorithm or use");
    }
    return check_secret(jwk, key_size(encryption));
}

template <class Key>
Result<Key> make_named(const Jwk& jwk) {
    if (jwk.alg().empty()) {
        return fail(Errc::invalid, "jwk: names no algorithm");
    }
    if (const std::optional<ContentEncryption> encryption = parse_content_encryption(jwk.alg())) {
        return Key::direct(jwk, *encryption);
    }
    const std::optional<JweAlgorithm> algorithm = parse_jwe_algorithm(jwk.alg());
    if (!algorithm) {
        return fail(Errc::unsupported, "jwk: alg is none that encrypts");
    }
    return Key::make(jwk, *algorithm);
}

}  // namespace

Result<EncryptionKey> EncryptionKey::make(const Jwk& jwk) {
    return make_named<EncryptionKey>(jwk);
}

Result<EncryptionKey> EncryptionKey::make(const Jwk& jwk, JweAlgorithm algorithm) {
    if (Result<> checked = check(jwk, algorithm, writing); !checked) {
        return propagate(checked);
    }
    return EncryptionKey(jwk, algorithm, {});
}

Result<EncryptionKey> EncryptionKey::direct(const Jwk& jwk, ContentEncryption encryption) {
    if (Result<> checked = check_direct(jwk, encryption, writing); !checked) {
        return propagate(checked);
    }
    return EncryptionKey(jwk, JweAlgorithm::dir, encryption);
}

Result<DecryptionKey> DecryptionKey::make(const Jwk& jwk) {
    return make_named<DecryptionKey>(jwk);
}

Result<DecryptionKey> DecryptionKey::make(const Jwk& jwk, JweAlgorithm algorithm) {
    if (Result<> checked = check(jwk, algorithm, reading); !checked) {
        return propagate(checked);
    }
    return DecryptionKey(jwk, algorithm, {});
}

Result<DecryptionKey> DecryptionKey::direct(const Jwk& jwk, ContentEncryption encryption) {
    if (Result<> checked = check_direct(jwk, encryption, reading); !checked) {
        return propagate(checked);
    }
    return DecryptionKey(jwk, JweAlgorithm::dir, encryption);
}

}  // namespace cardea::jose
