// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/key_source.h"

#include <span>

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

struct Choice {
    const VerificationKey* key = nullptr;
    bool is_ambiguous = false;
};

template <class Predicate>
Choice choose(std::span<const VerificationKey> keys, Predicate is_wanted) {
    Choice choice;
    for (const VerificationKey& key : keys) {
        if (is_wanted(key)) {
            choice.is_ambiguous = choice.key != nullptr;
            choice.key = &key;
        }
    }
    return choice;
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
    const auto fits = [&query](const VerificationKey& key) { return key.algorithm() == query.algorithm; };
    const auto has_kid = [&](const VerificationKey& key) { return fits(key) && key.kid() == *query.kid; };
    const auto has_no_kid = [&](const VerificationKey& key) { return fits(key) && key.kid().empty(); };
    Choice choice = query.kid ? choose(keys_, has_kid) : choose(keys_, fits);
    if (query.kid && choice.key == nullptr) {
        choice = choose(keys_, has_no_kid);
    }
    if (choice.key == nullptr) {
        return fail(Errc::not_found, "jws: no key of ours");
    }
    if (choice.is_ambiguous) {
        return fail(Errc::invalid, "jws: several keys fit");
    }
    // Owns nothing, so that threads share no counter.
    return std::shared_ptr<const VerificationKey>(std::shared_ptr<const void>(), choice.key);
}

}  // namespace cardea::jose
