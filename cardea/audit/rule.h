// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace cardea::audit {

/// Which rule or which step refused. Stable numbers below 64: references made years ago name them.
enum class Rule : std::uint8_t {
    none = 0,
    input = 1,              ///< the request could not be read
    csrf = 2,               ///< cross-site
    address_limit = 3,      ///< too many tries from one address
    account_delay = 4,      ///< too many tries at one account
    account_locked = 5,     ///< a hundred failures in a row: known devices only
    device_delay = 6,       ///< too many tries from a device that is known
    hashing_queue = 7,      ///< the password pool is full, or the account's share of it
    unknown_name = 8,       ///< no such account
    no_password = 9,        ///< the account has none
    wrong_password = 10,    ///< the password does not match
    account_disabled = 11,  ///< the account may not sign in
    flow_state = 12,        ///< the flow's cookie is missing, old, used or not ours
    invitation = 13,        ///< the invitation is missing, old, used, revoked or for somebody else
    registration_closed = 14,
    name_taken = 15,
    password_policy = 16,
    step_up = 17,             ///< the sign-in is too old for this
    session = 18,             ///< no session, or none any more
    store = 19,               ///< the store could not answer
    route = 20,               ///< no such page, or not by that method
    name_input = 21,          ///< an e-mail address, user name or display name that is none
    hash_unusable = 22,       ///< the stored hash is none that can be verified
    api_key_form = 23,        ///< what was sent as an API key is none
    api_key_unknown = 24,     ///< no such API key, or it was revoked
    api_key_ended = 25,       ///< the API key has expired, or was rotated
    provider = 26,            ///< the provider said no, or what it said does not hold
    other_identity = 27,      ///< the identity at the provider is not linked to this account
    identity_taken = 28,      ///< the identity at the provider is linked to another account
    last_way_in = 29,         ///< without it, nobody could sign in to the account
    api_key_limit = 30,       ///< the account made too many API keys in a minute
    host = 31,                ///< the request was for a host that is not ours
    session_idle = 32,        ///< the session was not used for too long
    session_absolute = 33,    ///< the session came to its absolute end
    two_credentials = 34,     ///< a cookie, a bearer token or an API key beside another
    key_not_taken_here = 35,  ///< a good API key where only a session counts
    too_large = 36,           ///< the request, or a part of it, is past its limit
};

/// "wrong_password": as logs and `cardea why` print it.
[[nodiscard]] std::string_view name(Rule rule) noexcept;
/// The rule of that name; Rule::none when none has it.
[[nodiscard]] Rule find_rule(std::string_view name) noexcept;
/// One sentence for the operator.
[[nodiscard]] std::string_view describe(Rule rule) noexcept;

}  // namespace cardea::audit
