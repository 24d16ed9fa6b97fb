// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/session/record.h"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace cardea::session {

/// How many sessions an account may have. One more ends the one that was not seen for the longest time, so
/// that nobody fills the store by signing in.
inline constexpr std::size_t max_sessions_per_account = 100;

/// How far ahead of the clock a time may lie that was taken from it before: clocks are set, by a little. One
/// further ahead was taken while the clock was wrong, and says nothing.
inline constexpr Duration clock_tolerance = std::chrono::minutes(5);

/// How long a session lives.
struct Lifetime {
    Duration idle{};      ///< without a request
    Duration absolute{};  ///< since the sign-in, whatever happens

    friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

/// The lifetimes that new sessions get. Sessions that exist keep theirs.
struct SessionPolicy {
    Lifetime browser_session{std::chrono::hours(1), std::chrono::hours(24)};
    Lifetime persistent{std::chrono::days(7), std::chrono::days(30)};  ///< with "keep me signed in"

    [[nodiscard]] Lifetime lifetime(Persistence persistence) const noexcept {
        return persistence == Persistence::persistent ? persistent : browser_session;
    }

    friend bool operator==(const SessionPolicy&, const SessionPolicy&) = default;
};

/// "default", or the bounds of an assurance level of SP 800-63B-4: "aal1" (30 days), "aal2" (1 hour idle, 24
/// hours), "aal3" (15 minutes idle, 12 hours). Errc::invalid for any other name.
[[nodiscard]] Result<SessionPolicy> find_policy_preset(std::string_view name);

/// Errc::invalid unless every lifetime is positive and no idle time is longer than its absolute one.
[[nodiscard]] Result<> check_policy(const SessionPolicy& policy);

/// Whether a session may be used, and if not, which of its ends it came to.
enum class Liveness : std::uint8_t { live, idle_expired, absolute_expired };

/// "session_idle" or "session_absolute": the end that a session came to, as logs and audit::Rule call it;
/// "live".
[[nodiscard]] std::string_view name(Liveness liveness) noexcept;

/// Whether the session may still be used at `now`, last seen at `last_seen_at`. A session ends at the very
/// millisecond of its limit, and where the clock was set back so far that nobody knows how old it is, or for
/// how long it was not used.
[[nodiscard]] Liveness decide(const SessionRecord& record, Time last_seen_at, Time now) noexcept;

/// The same, last seen as the record says.
[[nodiscard]] inline Liveness decide(const SessionRecord& record, Time now) noexcept {
    return decide(record, record.last_seen_at, now);
}

/// When it ends if nobody uses it any more.
[[nodiscard]] Time ends_at(const SessionRecord& record, Time last_seen_at) noexcept;

}  // namespace cardea::session
