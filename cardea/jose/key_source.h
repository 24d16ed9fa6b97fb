// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwk_set.h"
#include "cardea/jose/signing_key.h"

#include <vector>

namespace cardea::jose {

/// Which key a token asks for: what its header says, not yet verified.
struct KeyQuery {
    JwsAlgorithm algorithm;
    std::optional<std::string_view> kid;
};

/// Where a verifier gets its keys. Thread-safe, and it never blocks: a source that fetches its keys answers
/// from those it has, and fetches between two calls when it said that it does not know a `kid`.
class KeySource {
 public:
    virtual ~KeySource() = default;

    /// The one key that is asked for; what it points to lives as long as the pointer. Errc::not_found when
    /// there is none; Errc::invalid when several fit.
    [[nodiscard]] virtual Result<std::shared_ptr<const VerificationKey>> find(const KeyQuery& query
    ) const = 0;
};

/// Keys that do not change. A token that names a `kid` gets the key of that `kid`, or else the only one that
/// has none; a token without `kid` gets the only key of its algorithm. Immutable, so thread-safe; must
/// outlive what find() returned.
class KeySet final : public KeySource {
 public:
    explicit KeySet(std::vector<VerificationKey> keys) noexcept : keys_(std::move(keys)) {}
    explicit KeySet(VerificationKey key);

    /// The keys of a JWK Set that verify with one of the algorithms; a key that names none stands for every
    /// accepted one it goes with. Others are left out.
    [[nodiscard]] static KeySet make(const JwkSet& set, JwsAlgorithms accepted);

    [[nodiscard]] Result<std::shared_ptr<const VerificationKey>> find(const KeyQuery& query) const override;
    [[nodiscard]] std::size_t size() const noexcept { return keys_.size(); }

 private:
    std::vector<VerificationKey> keys_;
};

}  // namespace cardea::jose
