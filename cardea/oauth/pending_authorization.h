// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::oauth {

/// How long a person may take at the provider.
inline constexpr Duration authorization_lifetime = std::chrono::minutes(30);

/// What a `state` is worth nothing without: it is opened only where all four are what they were.
struct StateBinding {
    std::string_view browser;  ///< of the browser alone, and random
    std::string_view issuer;
    std::string_view client_id;
    std::string_view redirect_uri;
};

/// An authorization that was begun and waits for its response. It travels sealed in `state`: nothing is kept
/// here meanwhile, so any number of tabs may be under way, and strangers fill no store.
class PendingAuthorization {
 public:
    /// A new one. `next` is where the person goes afterwards: a path on this site of up to 512 bytes;
    /// whatever else it is becomes "/" (http::safe_next).
    [[nodiscard]] static PendingAuthorization make(std::string_view next, Time now, Random& random);
    /// The same, of a person who has to have signed in at `since` or later.
    [[nodiscard]] PendingAuthorization with_sign_in_since(std::optional<Time> since) &&;

    /// The `state`. Encrypted, since it holds the code verifier.
    [[nodiscard]] std::string seal(
        const crypto::Keyring& keyring, const StateBinding& binding, Random& random
    ) const;
    /// Errc::csrf_rejected unless it was sealed here for this browser and this client of this issuer;
    /// Errc::expired.
    [[nodiscard]] static Result<PendingAuthorization> open(
        std::string_view state, const crypto::Keyring& keyring, const StateBinding& binding, Time now
    );

    /// RFC 7636: 256 random bits, and their SHA-256 for the S256 method.
    [[nodiscard]] SecretText code_verifier() const;
    [[nodiscard]] std::string code_challenge() const;
    /// What the ID token has to repeat.
    [[nodiscard]] std::string nonce() const;
    [[nodiscard]] const std::string& next() const noexcept { return next_; }
    [[nodiscard]] Time begun_at() const noexcept { return begun_at_; }
    [[nodiscard]] std::optional<Time> sign_in_since() const noexcept { return sign_in_since_; }

 private:
    PendingAuthorization() = default;

    SecretBytes<32> verifier_;
    std::array<std::uint8_t, 16> nonce_{};
    Time begun_at_;
    std::optional<Time> sign_in_since_;
    std::string next_;
};

}  // namespace cardea::oauth
