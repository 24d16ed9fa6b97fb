// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/web/guard.h"
#include "cardea/web/middleware.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::web {

/// Whose tries are counted together. IPv6 addresses count by their /64.
enum class LimitBy : std::uint8_t {
    address,
    user,              ///< the address where nobody is signed in
    address_and_user,  ///< both, each for itself
};

/// Which requests count.
enum class LimitCounts : std::uint8_t {
    requests,
    /// Only those that were answered 4xx but for 422 (a field is missing), or that
    /// Request::count_as_failure() was called for: a sign-in which redirects after a wrong password has to
    /// say so. Who failed too often waits with the right password as well.
    failures,
};

/// Whose requests count, and which. By user, the program must have users: sessions or authentication.
struct LimitOptions {
    LimitBy by = LimitBy::address;
    LimitCounts counts = LimitCounts::requests;
};

/// One limit, for all routes or for one: what limit() makes.
class Limit {
 public:
    /// Counts in the memory of one process, of a fixed size; a request too many is 429 with Retry-After and
    /// the RateLimit headers.
    class Counter;

    explicit Limit(std::shared_ptr<Counter> counter) : counter_(std::move(counter)) {}

    // NOLINTBEGIN(google-explicit-constructor): `app.use(limit("100/minute"))`
    operator std::unique_ptr<Middleware>() const;
    operator Guard() const;
    // NOLINTEND(google-explicit-constructor)

 private:
    std::shared_ptr<Counter> counter_;
};

/// How often somebody may ask: `app.use(limit("100/minute"))` for all routes together, or in front of the
/// handler of one, `app.post("/login", limit("5/minute"), login)`. The first is asked ahead of everything,
/// or, by user, as soon as it is known who asks; the second where it stands among the guards of its route,
/// when credentials and forms were looked at. The grammar is that of ratelimit::parse_limits ("5/minute; 100
/// per day"); what it does not understand does not start.
[[nodiscard]] Limit limit(std::string text, LimitOptions options = {});

}  // namespace cardea::web
