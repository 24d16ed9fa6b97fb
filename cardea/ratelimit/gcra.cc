// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/gcra.h"

#include "cardea/base/assert.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace cardea::ratelimit {
namespace {

using std::chrono::ceil;
using std::chrono::microseconds;

constexpr std::uint32_t max_count = 1'000'000;
constexpr Duration longest_period = std::chrono::days(31);

/// A bucket at one moment. One token comes back every `step` microseconds; `missing` of them are on the way.
struct Bucket {
    std::int64_t now;
    std::int64_t step;
    std::int64_t size;     ///< of the whole bucket, in microseconds
    std::int64_t missing;  ///< in microseconds

    Bucket(const GcraState& state, Time at, const Limit& limit)
        : now(microseconds(at.time_since_epoch()).count()),
          step((microseconds(limit.period).count() + limit.count - 1) / limit.count),
          size(step * limit.burst),
          missing(std::clamp<std::int64_t>(state.full_at - now, 0, size)) {}

    [[nodiscard]] Decision decide() const {
        const std::int64_t available = (size - missing) / step;
        const std::int64_t wait = available > 0 ? 0 : missing + step - size;
        return {
            available > 0,
            static_cast<std::uint32_t>(available),
            ceil<Duration>(microseconds(wait)),
            ceil<Duration>(microseconds(missing))
        };
    }
};

bool is_valid(const Limit& limit) {
    return limit.count > 0 && limit.count <= max_count && limit.burst > 0 && limit.burst <= max_count &&
           limit.period > Duration(0) && limit.period <= longest_period;
}

/// Takes digits without a leading zero off the text.
std::optional<std::uint32_t> take_number(std::string_view& text) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || text.front() == '0' || value > max_count) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return value;
}

std::optional<Duration> take_unit(std::string_view& text) {
    const char unit = text.empty() ? '\0' : text.front();
    text.remove_prefix(std::min<std::size_t>(text.size(), 1));
    switch (unit) {
        case 's':
            return std::chrono::seconds(1);
        case 'm':
            return std::chrono::minutes(1);
        case 'h':
            return std::chrono::hours(1);
        case 'd':
            return std::chrono::days(1);
        default:
            return std::nullopt;
    }
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) {
        return false;
    }
    text.remove_prefix(expected.size());
    return true;
}

std::optional<Limit> read_limit(std::string_view text) {
    const std::optional<std::uint32_t> count = take_number(text);
    if (!count || !take(text, "/")) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> units = take_number(text);
    const std::optional<Duration> unit = take_unit(text);
    if (!units || !unit) {
        return std::nullopt;
    }
    const bool has_burst = take(text, " burst ");
    const std::optional<std::uint32_t> burst = has_burst ? take_number(text) : count;
    if (!burst || !text.empty()) {
        return std::nullopt;
    }
    const Limit limit{*count, *units * *unit, *burst};
    return is_valid(limit) ? std::optional(limit) : std::nullopt;
}

}  // namespace

Result<Limit> parse_limit(std::string_view text) {
    const std::optional<Limit> limit = read_limit(text);
    if (!limit) {
        return fail(
            Errc::config,
            "a limit is written like 10/1m or 10/1m burst 20 (s, m, h or d), not \"" +
                std::string(text.substr(0, 40)) + "\""
        );
    }
    return *limit;
}

Decision gcra(GcraState& state, Time now, const Limit& limit) noexcept {
    CARDEA_ASSERT(is_valid(limit));
    Bucket bucket(state, now, limit);
    if (Decision refused = bucket.decide(); !refused.allowed) {
        return refused;
    }
    bucket.missing += bucket.step;
    state.full_at = bucket.now + bucket.missing;
    Decision taken = bucket.decide();
    taken.allowed = true;
    taken.retry_after = {};
    return taken;
}

Decision gcra_peek(const GcraState& state, Time now, const Limit& limit) noexcept {
    CARDEA_ASSERT(is_valid(limit));
    return Bucket(state, now, limit).decide();
}

}  // namespace cardea::ratelimit
