// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/duration_text.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

namespace cardea {
namespace {

struct Unit {
    char letter;
    Duration length;
};

// Largest first.
constexpr std::array units{
    Unit{'d', std::chrono::days(1)},
    Unit{'h', std::chrono::hours(1)},
    Unit{'m', std::chrono::minutes(1)},
    Unit{'s', std::chrono::seconds(1)},
};

constexpr Duration longest_duration = std::chrono::days(3650);

/// Zero for everything that is no whole number from 1.
std::uint64_t parse_digits(std::string_view text) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end goes with it
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stop == end ? value : 0;
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
    const std::uint64_t count = parse_digits(text.substr(0, text.empty() ? 0 : text.size() - 1));
    for (const Unit& unit : units) {
        if (count == 0 || !text.ends_with(unit.letter)) {
            continue;
        }
        if (count > static_cast<std::uint64_t>(longest_duration / unit.length)) {
            return fail(Errc::config, "use at most 3650d");
        }
        return unit.length * static_cast<Duration::rep>(count);
    }
    return fail(Errc::config, "write a whole number and its unit, such as 30s, 15m, 12h or 7d");
}

std::string to_duration_text(Duration duration) {
    for (const Unit& unit : units) {
        if (duration % unit.length == Duration::zero()) {
            return std::to_string(duration / unit.length) + unit.letter;
        }
    }
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + "s";
}

}  // namespace cardea
