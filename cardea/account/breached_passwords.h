// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/http/client.h"
#include "cardea/password/password.h"

#include <cstdint>
#include <string>

namespace cardea::account {

/// What a service that cannot be asked means for a new password.
enum class WhenUnavailable : std::uint8_t {
    allow,   ///< it may be chosen; the log says that nobody looked
    refuse,  ///< Errc::upstream_unavailable
};

/// Which service is asked, and what its answer means.
struct BreachOptions {
    /// The prefix of the hash goes behind it.
    std::string service = "https://api.pwnedpasswords.com/range/";
    WhenUnavailable when_unavailable = WhenUnavailable::allow;
};

/// Asks a range service whether a new password stands in known breaches (password/breach_query.h): it learns
/// five digits of a hash, and by padding not even from the length of its answer which. Thread-safe.
class BreachedPasswords {
 public:
    /// Errc::config when the service is no URL. `http` outlives it.
    [[nodiscard]] static Result<BreachedPasswords> make(BreachOptions options, http::Client& http);

    /// Errc::password_blocked when it was in a breach; Errc::upstream_unavailable by WhenUnavailable.
    [[nodiscard]] Task<Result<>> check(const password::Password& password) const;

 private:
    BreachedPasswords(BreachOptions options, http::Client& http)
        : options_(std::move(options)), http_(&http) {}

    [[nodiscard]] Task<Result<std::uint64_t>> count(const password::Password& password) const;

    BreachOptions options_;
    http::Client* http_;
};

}  // namespace cardea::account
