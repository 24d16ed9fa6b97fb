// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/key_management.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/aes_gcm.h"
#include "cardea/crypto/aes_key_wrap.h"
#include "cardea/crypto/ecdh.h"
#include "cardea/jose/detail/concat_kdf.h"
#include "cardea/jose/detail/jwe_parts.h"

#include <algorithm>

namespace cardea::jose::detail {
namespace {

bool wraps_with_gcm(JweAlgorithm algorithm) {
    return algorithm >= JweAlgorithm::a128gcmkw && algorithm <= JweAlgorithm::a256gcmkw;
}

/// RFC 7518 section 4.6.2: the key is for the content where nothing is wrapped, else for the wrapping.
KeyPurpose purpose_of(JweAlgorithm algorithm, ContentEncryption encryption, const Parties& parties) {
    if (algorithm == JweAlgorithm::ecdh_es) {
        return {name(encryption), parties.apu, parties.apv, key_size(encryption)};
    }
    return {name(algorithm), parties.apu, parties.apv, wrapping_key_size(algorithm)};
}

ByteView shared_key(const Jwk& jwk) {
    return as_bytes(jwk.symmetric()->expose());
}

/// What the writer agrees on with the recipient's public key, and how he tells.
struct Agreed {
    SecretText key;
    Json::Object parameters;
};

Result<Agreed> agree_with(const crypto::PublicKey& theirs, const KeyPurpose& purpose, Random& random) {
    const crypto::PrivateKey ephemeral = crypto::make_agreement_key(theirs.kind(), random);
    Result<SecretText> agreed = crypto::ecdh(ephemeral, theirs);
    if (!agreed) {
        return propagate(agreed);
    }
    Json::Object parameters;
    parameters.push_back({"epk", parse_json(Jwk(ephemeral.public_key()).to_json()).value()});
    if (!purpose.apu.empty()) {
        parameters.push_back({"apu", Json(base64url_encode(purpose.apu))});
    }
    if (!purpose.apv.empty()) {
        parameters.push_back({"apv", Json(base64url_encode(purpose.apv))});
    }
    return Agreed{concat_kdf(as_bytes(agreed->expose()), purpose), std::move(parameters)};
}

EncryptedKey wrap_with_gcm(ByteView wrapping_key, ByteView content_key, Random& random) {
    const crypto::GcmNonce nonce = random.bytes<std::tuple_size_v<crypto::GcmNonce>>();
    Bytes sealed = crypto::aes_gcm_seal(wrapping_key, nonce, content_key, {});
    const ByteView tag = ByteView(sealed).last(crypto::gcm_tag_size);
    Json::Object parameters;
    parameters.push_back({"tag", Json(base64url_encode(tag))});
    parameters.push_back({"iv", Json(base64url_encode(nonce))});
    sealed.resize(sealed.size() - crypto::gcm_tag_size);
    return {std::move(sealed), std::move(parameters)};
}

Result<SecretText> unwrap_with_gcm(ByteView wrapping_key, const Json& header, ByteView encrypted_key) {
    const Result<Bytes> iv = read_bytes(header, "iv");
    const Result<Bytes> tag = read_bytes(header, "tag");
    crypto::GcmNonce nonce{};
    if (!iv || !tag || iv->size() != nonce.size() || tag->size() != crypto::gcm_tag_size) {
        return fail(Errc::malformed, "jwe: iv or tag of the wrapped key");
    }
    std::ranges::copy(*iv, nonce.begin());
    Bytes sealed(encrypted_key.begin(), encrypted_key.end());
    sealed.insert(sealed.end(), tag->begin(), tag->end());
    return crypto::aes_gcm_open(wrapping_key, nonce, sealed, {});
}

/// What the recipient agrees on with the ephemeral key in the header.
Result<SecretText> agree_with_writer(
    const DecryptionKey& key, ContentEncryption encryption, const Json& header
) {
    const Json* member = header.find("epk");
    const Result<Jwk> epk = member != nullptr ? Jwk::from_json(*member) : fail(Errc::malformed, "jwe: epk");
    if (!epk) {
        return std::unexpected(epk.error());
    }
    const Result<Bytes> apu = read_bytes(header, "apu");
    const Result<Bytes> apv = read_bytes(header, "apv");
    if (!apu || !apv || epk->public_key() == nullptr || epk->private_key() != nullptr) {
        return fail(Errc::malformed, "jwe: epk, apu or apv");
    }
    const Result<SecretText> agreed = crypto::ecdh(*key.jwk().private_key(), *epk->public_key());
    if (!agreed) {
        return std::unexpected(agreed.error());
    }
    return concat_kdf(as_bytes(agreed->expose()), purpose_of(key.algorithm(), encryption, {*apu, *apv}));
}

/// The key that wraps the content key, or is it.
Result<SecretText> recover_base_key(
    const DecryptionKey& key, ContentEncryption encryption, const Json& header
) {
    return uses_ecdh(key.algorithm()) ? agree_with_writer(key, encryption, header)
                                      : Result<SecretText>(key.jwk().symmetric()->clone());
}

}  // namespace

Result<ManagedKey> make_managed_key(
    const EncryptionKey& key, ContentEncryption encryption, const Parties& parties, Random& random
) {
    if (key.algorithm() == JweAlgorithm::dir) {
        if (key.encryption() != encryption) {
            return fail(Errc::invalid, "jwe: a key for another encryption");
        }
        return ManagedKey{{encryption, key.jwk().symmetric()->clone()}, {}};
    }
    if (key.algorithm() == JweAlgorithm::ecdh_es) {
        const KeyPurpose purpose = purpose_of(key.algorithm(), encryption, parties);
        Result<Agreed> agreed = agree_with(*key.jwk().public_key(), purpose, random);
        if (!agreed) {
            return propagate(agreed);
        }
        return ManagedKey{{encryption, std::move(agreed->key)}, {{}, std::move(agreed->parameters)}};
    }
    ContentKey content_key = make_content_key(encryption, random);
    Result<EncryptedKey> encrypted = wrap_content_key(key, content_key, parties, random);
    if (!encrypted) {
        return propagate(encrypted);
    }
    return ManagedKey{std::move(content_key), *std::move(encrypted)};
}

Result<EncryptedKey> wrap_content_key(
    const EncryptionKey& key, const ContentKey& content_key, const Parties& parties, Random& random
) {
    if (wrapping_key_size(key.algorithm()) == 0) {
        return fail(Errc::invalid, "jwe: dir and ECDH-ES are for one recipient");
    }
    const ByteView content_bytes = as_bytes(content_key.bytes.expose());
    if (wraps_with_gcm(key.algorithm())) {
        return wrap_with_gcm(shared_key(key.jwk()), content_bytes, random);
    }
    if (!uses_ecdh(key.algorithm())) {
        return EncryptedKey{crypto::aes_key_wrap(shared_key(key.jwk()), content_bytes), {}};
    }
    const KeyPurpose purpose = purpose_of(key.algorithm(), content_key.encryption, parties);
    Result<Agreed> agreed = agree_with(*key.jwk().public_key(), purpose, random);
    if (!agreed) {
        return propagate(agreed);
    }
    const ByteView wrapping_key = as_bytes(agreed->key.expose());
    return EncryptedKey{crypto::aes_key_wrap(wrapping_key, content_bytes), std::move(agreed->parameters)};
}

Result<ContentKey> recover_content_key(
    const DecryptionKey& key, ContentEncryption encryption, const Json& header, ByteView encrypted_key
) {
    Result<SecretText> base = recover_base_key(key, encryption, header);
    if (!base) {
        return propagate(base);
    }
    if (wrapping_key_size(key.algorithm()) == 0) {
        // RFC 7516 section 5.2 steps 9 and 10: there is none beside one that is agreed or shared.
        if (!encrypted_key.empty()) {
            return fail(Errc::malformed, "jwe: an encrypted key that should not be");
        }
        return ContentKey{encryption, *std::move(base)};
    }
    const ByteView wrapping_key = as_bytes(base->expose());
    Result<SecretText> bytes = wraps_with_gcm(key.algorithm())
                                   ? unwrap_with_gcm(wrapping_key, header, encrypted_key)
                                   : crypto::aes_key_unwrap(wrapping_key, encrypted_key);
    if (!bytes) {
        return propagate(bytes);
    }
    if (bytes->size() != key_size(encryption)) {
        return fail(Errc::signature_invalid, "jwe");
    }
    return ContentKey{encryption, *std::move(bytes)};
}

}  // namespace cardea::jose::detail
