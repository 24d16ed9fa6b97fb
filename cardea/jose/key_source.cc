// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/key_source.h"

namespace cardea::jose {
namespace {

void append_keys(const JwkSet& set, JwsAlgorithm algorithm, std::vector<VerificationKey>& keys) {
    for (const Jwk& jwk : set.keys()) {
        Result<VerificationKey> key = VerificationKey::make(jwk, algorithm);
        if (key) {
            keys.push_back(std::move(*key));
        }
    }
}

}  // namespace

KeySet::KeySet(VerificationKey key) {
    keys_.push_back(std::move(key));
}

KeySet KeySet::make(const JwkSet& set, JwsAlgorithms accepted) {
    std::vector<VerificationKey> keys;
    for (const JwsAlgorithm algorithm : all_jws_algorithms) {
        if (accepted.contains(algorithm)) {
            append_keys(set, algorithm, keys);
        }
    }
    return KeySet(std::move(keys));
}

Result<std::shared_ptr<const VerificationKey>> KeySet::find(const KeyQuery& query) const {
    const VerificationKey* found = nullptr;
    bool is_ambiguous = false;
    for (const VerificationKey& key : keys_) {
        if (key.algorithm() != query.algorithm) {
            continue;
        }
        if (query.kid && *query.kid == key.kid()) {
            found = &key;
            is_ambiguous = false;
            break;
        }
        if (!query.kid || key.kid().empty()) {
            is_ambiguous = found != nullptr;
            found = &key;
        }
    }
    if (is_ambiguous) {
        return fail(Errc::invalid, "jws: several keys fit and it names none");
    }
    if (found == nullptr) {
        return fail(Errc::not_found, "jws: no key of ours");
    }
    // Owns nothing, so that threads share no counter.
    return std::shared_ptr<const VerificationKey>(std::shared_ptr<const void>(), found);
}

}  // namespace cardea::jose
