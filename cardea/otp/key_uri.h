// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/otp/otp.h"

#include <string>
#include <string_view>

namespace cardea::otp {

/// The Key URI format that authenticator apps read:
///
///     otpauth://totp/Example:ada%40example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Example
///
/// It holds the shared secret, so it is one: shown on the person's own page, never sent or logged.
struct KeyUri {
    /// Whether codes go by the time or by a counter.
    enum class Kind : std::uint8_t { totp, hotp };

    Kind kind = Kind::totp;
    std::string issuer;   ///< the site, as the app shows it; empty: none
    std::string account;  ///< the person's name there, never empty
    SharedSecret secret;
    CodeFormat format{};
    std::chrono::seconds period = Totp::usual_period;  ///< of totp
    std::uint64_t counter = 0;                         ///< of hotp, the next
};

/// The longest URI that is read.
inline constexpr std::size_t max_key_uri_bytes = 2048;
/// Of the issuer and of the account's name.
inline constexpr std::size_t max_label_bytes = 128;

/// Writes what is not the default, and the issuer twice, since apps read one or the other; the same text as
/// pyotp's for the same values. Errc::invalid for a name that is empty, too long, not UTF-8, or has control
/// characters, and for a ':' in the account's name where no issuer stands before it; Errc::unsupported for a
/// format or period that no code is made with.
[[nodiscard]] Result<SecretText> make_key_uri(const KeyUri& key);

/// Reads such a text; parameters that only change how an app shows it are ignored. Errc::too_large past
/// max_key_uri_bytes; Errc::malformed for another scheme, bad escapes and bad numbers; Errc::invalid for a
/// parameter that comes twice, a missing or unusable secret, and an issuer that contradicts the label;
/// Errc::unsupported for kinds, algorithms, digits, periods and encoders that this module does not have.
[[nodiscard]] Result<KeyUri> parse_key_uri(std::string_view text);

}  // namespace cardea::otp
