// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/policy.h"

#include <algorithm>
#include <array>
#include <string>

namespace cardea::session {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Preset {
    std::string_view name;
    SessionPolicy policy;
};

// SP 800-63B-4, sections 2.1.3, 2.2.3 and 2.3.3. They know no "keep me signed in": both kinds live equally
// long.
constexpr Lifetime aal1{hours(30 * 24), hours(30 * 24)};
constexpr Lifetime aal2{hours(1), hours(24)};
constexpr Lifetime aal3{minutes(15), hours(12)};
constexpr std::array<Preset, 4> presets{{
    {"default", {}},
    {"aal1", {aal1, aal1}},
    {"aal2", {aal2, aal2}},
    {"aal3", {aal3, aal3}},
}};

bool is_sound(const Lifetime& lifetime) noexcept {
    return lifetime.idle > Duration::zero() && lifetime.idle <= lifetime.absolute;
}

}  // namespace

Result<SessionPolicy> find_policy_preset(std::string_view name) {
    const auto* found = std::ranges::find(presets, name, &Preset::name);
    if (found == presets.end()) {
        return fail(Errc::invalid, "session policy: " + std::string(name));
    }
    return found->policy;
}

Result<> check_policy(const SessionPolicy& policy) {
    if (!is_sound(policy.browser_session) || !is_sound(policy.persistent)) {
        return fail(
            Errc::invalid, "a session's idle time must be positive and no longer than its absolute time"
        );
    }
    return {};
}

std::string_view name(Liveness liveness) noexcept {
    switch (liveness) {
        case Liveness::idle_expired:
            return "session_idle";
        case Liveness::absolute_expired:
            return "session_absolute";
        case Liveness::live:
            break;
    }
    return "live";
}

Liveness decide(const SessionRecord& record, Time last_seen_at, Time now) noexcept {
    if (now >= record.expires_at || record.created_at > now + clock_tolerance) {
        return Liveness::absolute_expired;
    }
    const bool is_seen_later = last_seen_at > now + clock_tolerance;
    return is_seen_later || now - last_seen_at >= record.idle ? Liveness::idle_expired : Liveness::live;
}

Time ends_at(const SessionRecord& record, Time last_seen_at) noexcept {
    return std::min(record.expires_at, last_seen_at + record.idle);
}

}  // namespace cardea::session
