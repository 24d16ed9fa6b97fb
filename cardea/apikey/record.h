// SPDX-License-Identifier: Apache-2.0
/// apikey: keys for programs. Makes, checks, rotates, lists and revokes API keys; what a client holds is 256
/// random bits behind a readable prefix and before a checksum, the store holds only its SHA-256. Owns the
/// text of a key, its scopes and lifetime, and the cache of validated keys. Knows nothing of accounts (see
/// Owner), HTTP or SQL.
///
/// Invariants: a revoked key is never accepted after the revocation was answered; a key never outlives its
/// end; a text with a wrong checksum costs no look-up.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace cardea::apikey {

/// SHA-256 of a key's text: what a store holds, so that a copied database opens nothing.
using ApiKeyHash = std::array<std::uint8_t, 32>;

/// One row of the key store. Revoking a key removes its row.
struct ApiKeyRecord {
    ApiKeyId id;
    ApiKeyHash key_hash{};
    AccountId account;
    std::string name;    ///< what its owner calls it
    std::string hint;    ///< how the key begins and ends, for lists: "cardea_…x7Qp"
    std::string scopes;  ///< RFC 6749 section 3.3: scope tokens, space separated; may be empty
    Time created_at;
    std::optional<Time> expires_at;    ///< nothing: until it is revoked
    std::optional<Time> last_used_at;  ///< to the minute; nothing: never
    ApiKeyId replaced_by;              ///< the key that a rotation made; nil when there was none
};

}  // namespace cardea::apikey
