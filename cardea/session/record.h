// SPDX-License-Identifier: Apache-2.0
/// session: who is asking. Issues, checks, rotates, lists and ends sessions; the token a client holds is 256
/// random bits, the store holds only its SHA-256. Owns the lifetimes and the cache of validated sessions.
/// Knows nothing of accounts (see Subject), HTTP servers or SQL.
///
/// Invariants: a revoked session is never accepted after the revocation was answered; a session never
/// outlives its absolute lifetime; a cookie token is no bearer token, nor the reverse.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"

#include <array>
#include <cstdint>
#include <string>

namespace cardea::session {

/// SHA-256 of a session token: what a store holds, so that a copied database signs nobody in.
using TokenHash = std::array<std::uint8_t, 32>;

/// How the token travels. One that was issued for one way is refused by the other.
enum class Transport : std::uint8_t { cookie, bearer };

/// Whether the cookie outlives the browser ("keep me signed in").
enum class Persistence : std::uint8_t { browser_session, persistent };

/// One row of the session store. Times are UTC; `idle` and `absolute` are fixed at issue, so that a change of
/// the settings never lengthens a session that exists.
struct SessionRecord {
    SessionId id;
    TokenHash token_hash{};
    AccountId account;
    Transport transport = Transport::cookie;
    Persistence persistence = Persistence::browser_session;
    Time created_at;    ///< also the time of the sign-in
    Time last_seen_at;  ///< to the minute
    Duration idle{};    ///< ends this long after last_seen_at
    Time expires_at;    ///< the absolute end
    std::string
        amr;  ///< RFC 8176 methods, space separated: "pwd"; "fed" for a provider, which has no name there
    FederatedIdentityId identity;  ///< by which it came, of a person at a provider; nil for every other way
    std::string client_address;
    std::string user_agent;    ///< as sent, cut to 512 bytes; shown through http::describe_user_agent
    std::string data;          ///< per-session JSON object of the application
    std::int64_t version = 0;  ///< grows with every change of `data`
};

/// Which session it is, whatever its token is by now.
struct SessionName {
    AccountId account;
    SessionId id;

    friend bool operator==(const SessionName&, const SessionName&) = default;
};
/// The name of the session that a row is about.
[[nodiscard]] inline SessionName name_of(const SessionRecord& record) noexcept {
    return {record.account, record.id};
}

}  // namespace cardea::session
