// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/address.h"
#include "cardea/ratelimit/quota.h"

#include <string>
#include <string_view>

namespace cardea::ratelimit {

/// The key of a subject, which is any bytes; `kind` is a constant of the caller without NUL, so that subjects
/// of different kinds do not meet.
[[nodiscard]] std::string make_key(std::string_view kind, std::string_view subject);

/// The key of a client's address. Of IPv6, where one customer has a whole network, all addresses with the
/// same first `ipv6_prefix` bits share one; IPv4-mapped addresses are IPv4.
[[nodiscard]] std::string make_key(
    std::string_view kind, const http::Address& address, unsigned ipv6_prefix = 64
);

/// One quota, applied to many keys: the interface of what keeps their states, be it memory or a server.
///
/// Each call is one step: two of them at the same moment never both see what only one may take. What keeps
/// its states elsewhere stores a key's numbers as one value, changes them with quota()'s functions only if
/// they are still what it read, and lets them expire after Quota::idle_after(); it may block, and says
/// Errc::store_unavailable when it cannot answer, whereupon the caller decides who is let in. Thread-safe.
class Limiter {
 public:
    virtual ~Limiter() = default;

    [[nodiscard]] virtual const Quota& quota() const noexcept = 0;
    [[nodiscard]] virtual Result<Decision> take(std::string_view key, Time now) = 0;
    /// What take() would say, without taking.
    [[nodiscard]] virtual Result<Decision> peek(std::string_view key, Time now) const = 0;
    /// Takes back one that take() allowed, as after a success where only failures count.
    virtual Result<> give_back(std::string_view key, Time now) = 0;
    /// Forgets everything that the key has taken.
    virtual Result<> reset(std::string_view key) = 0;
};

}  // namespace cardea::ratelimit
