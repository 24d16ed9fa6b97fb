// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/limit.h"

#include "cardea/http/headers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <tuple>

namespace cardea::ratelimit {
namespace {

struct Unit {
    std::string_view name;
    Duration length;
};

constexpr std::array<Unit, 6> units{
    {{"second", std::chrono::seconds(1)},
     {"minute", std::chrono::minutes(1)},
     {"hour", std::chrono::hours(1)},
     {"day", std::chrono::days(1)},
     {"month", std::chrono::days(30)},
     {"year", std::chrono::days(360)}}
};

constexpr std::string_view separators = ",;|";
constexpr std::string_view blanks = " \t\r\n\f\v";

/// Reads the words of one limit from left to right. Blanks before a word do not matter.
class WordReader {
 public:
    explicit WordReader(std::string_view text) noexcept : rest_(text) {}

    /// Takes a number, or says nullopt for none and for one past max_count.
    std::optional<std::uint32_t> number() noexcept {
        skip_blanks();
        std::uint32_t value = 0;
        const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (read.ec != std::errc() || value > max_count) {
            return std::nullopt;
        }
        rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
        return value;
    }

    bool word(std::string_view expected) noexcept {
        skip_blanks();
        if (!http::equals_ignoring_case(rest_.substr(0, expected.size()), expected)) {
            return false;
        }
        rest_.remove_prefix(expected.size());
        return true;
    }

    bool starts_with_digit() noexcept {
        skip_blanks();
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }

    bool at_end() noexcept {
        skip_blanks();
        return rest_.empty();
    }

 private:
    void skip_blanks() noexcept {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
    }

    std::string_view rest_;
};

std::optional<Duration> read_unit(WordReader& words) noexcept {
    for (const Unit& unit : units) {
        if (words.word(unit.name)) {
            std::ignore = words.word("s");
            return unit.length;
        }
    }
    return std::nullopt;
}

std::optional<Limit> read_limit(std::string_view text) noexcept {
    WordReader words(text);
    const std::optional<std::uint32_t> count = words.number();
    if (!count || !(words.word("/") || words.word("per"))) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> multiple = words.starts_with_digit() ? words.number() : 1;
    const std::optional<Duration> unit = read_unit(words);
    if (!multiple || !unit) {
        return std::nullopt;
    }
    std::optional<std::uint32_t> burst = 0;
    if (words.word("burst")) {
        burst = words.number();
        if (burst == 0) {
            return std::nullopt;
        }
    }
    if (!burst || !words.at_end()) {
        return std::nullopt;
    }
    const Limit limit{*count, *multiple * *unit, *burst};
    return is_valid(limit) ? std::optional(limit) : std::nullopt;
}

std::unexpected<Error> refuse(std::string_view text) {
    return fail(
        Errc::config,
        "limits are written like \"5/minute\", \"10 per 2 hours\" or \"5/minute; 100 per day\" (second, "
        "minute, "
        "hour, day, month or year; at most " +
            std::to_string(max_limits) + ", none twice), not \"" + std::string(text.substr(0, 60)) + "\""
    );
}

}  // namespace

bool is_valid(const Limit& limit) noexcept {
    if (limit.count > max_count || limit.burst > max_count || limit.period <= Duration(0) ||
        limit.period > longest_period) {
        return false;
    }
    if (limit.count == 0) {
        return limit.burst == 0;
    }
    // The division first: the product of the largest values does not fit.
    return limit.period / limit.count * limit.at_once() <= longest_period;
}

Result<std::vector<Limit>> parse_limits(std::string_view text) {
    if (text.size() > max_limit_bytes) {
        return refuse(text);
    }
    std::vector<Limit> limits;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
        const std::optional<Limit> limit = read_limit(text.substr(start, end - start));
        if (!limit || std::ranges::find(limits, *limit) != limits.end() || limits.size() == max_limits) {
            return refuse(text);
        }
        limits.push_back(*limit);
        start = end + 1;
    }
    return limits;
}

std::string to_string(const Limit& limit) {
    const Unit* unit = units.data();
    for (const Unit& candidate : units) {
        if (limit.period % candidate.length == Duration(0)) {
            unit = &candidate;
        }
    }
    std::string text =
        std::to_string(limit.count) + " per " + std::to_string(limit.period / unit->length) + " ";
    text += unit->name;
    if (limit.burst > 0) {
        text += " burst " + std::to_string(limit.burst);
    }
    return text;
}

}  // namespace cardea::ratelimit
