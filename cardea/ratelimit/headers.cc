// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/headers.h"

#include "cardea/base/assert.h"

#include <algorithm>
#include <chrono>

namespace cardea::ratelimit {
namespace {

std::string whole_seconds(Duration duration) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count());
}

/// An RFC 9651 String.
std::string quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        CARDEA_ASSERT(c >= ' ' && c <= '~');
        if (c == '"' || c == '\\') {
            quoted += '\\';
        }
        quoted += c;
    }
    return quoted + '"';
}

std::string policy_name(std::string_view name, const Quota& quota, std::size_t limit) {
    if (quota.limits().size() == 1) {
        return quote(name);
    }
    return quote(std::string(name) + "-" + std::to_string(limit + 1));
}

/// In how long a limit gives all that it ever gives at once.
Duration window_of(const Limit& limit) {
    return limit.burst > 0 ? limit.period * limit.burst / limit.count : limit.period;
}

}  // namespace

std::string rate_limit_policy(std::string_view name, const Quota& quota) {
    std::string value;
    for (std::size_t i = 0; i < quota.limits().size(); ++i) {
        const Limit& limit = quota.limits()[i];
        value += value.empty() ? "" : ", ";
        value += policy_name(name, quota, i) + ";q=" + std::to_string(limit.at_once()) +
                 ";w=" + whole_seconds(window_of(limit));
    }
    return value;
}

std::string rate_limit(std::string_view name, const Quota& quota, const Decision& decision) {
    const Duration when = decision.allowed ? decision.reset : decision.retry_after;
    return policy_name(name, quota, decision.limit) + ";r=" + std::to_string(decision.remaining) +
           ";t=" + whole_seconds(when);
}

std::string retry_after(const Decision& decision) {
    return whole_seconds(std::max<Duration>(decision.retry_after, std::chrono::seconds(1)));
}

}  // namespace cardea::ratelimit
