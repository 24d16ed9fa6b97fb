// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::password {

/// A stored hash and the pepper that was put to the password first: `$pepper$k=1a2b3c4d` and then the hash in
/// any form that begins with `$`. The key is a key id of the Keyring.
struct Peppered {
    std::string_view key_id;  ///< empty: none was
    std::string_view hash;
};

/// Errc::malformed when it begins like a pepper and does not go on like one.
[[nodiscard]] Result<Peppered> split_pepper(std::string_view stored);
[[nodiscard]] std::string with_pepper(std::string_view key_id, std::string_view hash);

/// The keys that peppers are made with, one per root secret. Immutable, so thread-safe.
class PepperKeys {
 public:
    PepperKeys() = default;  ///< none: peppered hashes cannot be verified
    explicit PepperKeys(const crypto::Keyring& keyring);

    /// The id of the key for new hashes; empty without any.
    [[nodiscard]] std::string_view newest() const noexcept;

    /// Whether the key is here; an empty id means no pepper and always is.
    [[nodiscard]] bool has(std::string_view key_id) const noexcept;

    /// What is hashed instead of the password: HMAC-SHA-256 of it in base64url, which every scheme takes
    /// whole. Without a key id, the password itself. The key must be here.
    [[nodiscard]] SecretText apply(std::string_view key_id, std::string_view password) const;

 private:
    std::vector<crypto::DerivedKey> keys_;  // newest first
};

}  // namespace cardea::password
