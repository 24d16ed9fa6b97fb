// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/hmac.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::crypto {

/// What a derived key is for. Every purpose has keys of its own, so that a MAC or a seal made for one never
/// passes for another. Purposes are constants: `inline constexpr Purpose csrf("csrf");`
class Purpose {
 public:
    consteval explicit Purpose(const char* label) : label_(label) {}
    [[nodiscard]] std::string_view label() const noexcept { return label_; }

 private:
    std::string_view label_;
};

/// Names one root secret without telling anything of it: 8 hexadecimal digits derived from it.
using KeyId = std::string;

/// A key for one purpose, and the id of the root secret it was derived from.
struct DerivedKey {
    KeyId id;
    SecretBytes<32> key;
};

/// The key of that id; nullptr when there is none.
[[nodiscard]] const DerivedKey* find_key(std::span<const DerivedKey> keys, std::string_view id) noexcept;

/// The root secrets, newest first, and the keys derived from them by HKDF. The newest signs and seals; older
/// ones verify and open until they are taken out of the configuration. Thread-safe: nothing changes but the
/// derived keys, which are made when their purpose is first used and kept.
class Keyring {
 public:
    ~Keyring();
    Keyring(Keyring&&) noexcept;
    Keyring& operator=(Keyring&&) noexcept;

    /// Reads one to eight secrets, newest first, separated by white space or commas; each is 32 to 1024
    /// printable ASCII characters. Errc::config with a sentence that says what to set, when a secret is
    /// missing, malformed, given twice or guessable.
    [[nodiscard]] static Result<Keyring> parse(std::string_view secrets);

    /// A new root secret as parse() reads it: 256 random bits in 43 characters.
    [[nodiscard]] static SecretText make_secret(Random& random);

    /// The id of the key that signs and seals.
    [[nodiscard]] const KeyId& newest() const noexcept { return roots_.front().id; }
    [[nodiscard]] std::size_t size() const noexcept { return roots_.size(); }
    [[nodiscard]] bool has(std::string_view id) const noexcept;

    /// HMAC-SHA-256 of the message under the newest key. Several fields are put together with Canonical.
    [[nodiscard]] Mac mac(Purpose purpose, ByteView message) const;

    /// Which key made it. Errc::signature_invalid when none did.
    [[nodiscard]] Result<KeyId> verify_mac(Purpose purpose, ByteView message, ByteView mac) const;

    /// Encrypts and authenticates under the newest key: `keyid.base64url`, safe in cookies and URLs. Opening
    /// needs the same associated data, which is not contained in it.
    [[nodiscard]] std::string seal(
        Purpose purpose, ByteView plaintext, ByteView associated_data, Random& random
    ) const;

    /// Errc::malformed when it is no seal at all, Errc::signature_invalid when it was not sealed by a key
    /// that is here, for this purpose, with this associated data.
    [[nodiscard]] Result<SecretText> open(Purpose purpose, std::string_view sealed, ByteView associated_data)
        const;

    /// Keys for an algorithm that is not done here, one for each root secret, the newest first.
    [[nodiscard]] std::vector<DerivedKey> derive_all(Purpose purpose) const;
    /// The newest alone.
    [[nodiscard]] SecretBytes<32> derive(Purpose purpose) const;

 private:
    struct Root {
        KeyId id;
        SecretBytes<32> key;
    };

    class Derived;

    explicit Keyring(std::vector<Root> roots);

    /// What derive_all() copies.
    [[nodiscard]] const std::vector<DerivedKey>& keys(Purpose purpose) const;

    std::vector<Root> roots_;  // never empty
    std::unique_ptr<Derived> derived_;
};

}  // namespace cardea::crypto
