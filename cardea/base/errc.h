// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace cardea {

/// Every failure that Cardea reports as a value. The codes are stable: logs, audit rows and clients name
/// them.
enum class Errc : std::uint16_t {
    // input
    malformed,    ///< bytes that do not follow their grammar
    too_large,    ///< longer than its limit
    invalid,      ///< well formed, but not an acceptable value
    unsupported,  ///< a known thing that is not done here
    // lookup and storage
    not_found,          ///< there is no such row, file or route
    conflict,           ///< a unique value is taken, or the row changed meanwhile
    store_unavailable,  ///< the store cannot answer now
    store_corrupt,      ///< the store's contents contradict themselves
    // credentials and sessions
    credentials_wrong,      ///< the name or the password is not right (never says which)
    account_disabled,       ///< the account exists and may not sign in
    unauthenticated,        ///< nobody is signed in
    forbidden,              ///< signed in, but not allowed
    expired,                ///< it was valid once
    replayed,               ///< a one-time value came a second time
    signature_invalid,      ///< a MAC, signature or seal does not verify
    step_up_required,       ///< a fresh sign-in is asked for first
    ambiguous_credentials,  ///< a request that carries two credentials
    api_key_malformed,      ///< form or checksum of an API key are wrong: a typo, or cut off
    api_key_unknown,        ///< no such API key, or it was revoked
    api_key_expired,        ///< it has ended, or was rotated and the overlap is over
    password_too_short,
    password_too_long,
    password_too_simple,  ///< a class of characters that the policy asks for is missing
    password_blocked,     ///< on the blocklist or guessable
    // requests
    csrf_rejected,  ///< a cross-site request, or one without its token
    rate_limited,   ///< too many; try again later
    busy,           ///< a bounded queue is full; try again soon
    unsupported_media_type,
    method_not_allowed,
    too_slow,  ///< it took longer to arrive than it may
    // other servers
    upstream_unavailable,  ///< another server cannot be reached, or what it answers is no answer
    destination_refused,   ///< a request to an address that none may go to
    authorization_denied,  ///< a provider was asked, and it or the person said no
    grant_invalid,         ///< a provider does not take this code or refresh token (any more)
    // the machine
    io,        ///< the operating system refused
    config,    ///< a setting is wrong
    internal,  ///< a bug here
};

/// The code's name in snake_case, as logs and audit rows spell it.
[[nodiscard]] std::string_view name(Errc code) noexcept;

}  // namespace cardea
