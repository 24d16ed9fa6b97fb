// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/time_text.h"

#include <algorithm>
#include <array>

namespace cardea {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Time first_time = sys_days(std::chrono::year(0) / 1 / 1);

void append_digits(std::string& text, unsigned value, int digits) {
    std::array<char, 8> reversed{};
    for (int i = 0; i < digits; ++i, value /= 10) {
        reversed[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    }
    text.append(reversed.rend() - digits, reversed.rend());
}

/// A time taken apart into the numbers that its text shows.
struct Fields {
    sys_days day;
    year_month_day date;
    hh_mm_ss<Duration> clock;

    explicit Fields(Time time)
        : day(floor<days>(std::clamp(time, first_time, last_time))),
          date(day),
          clock(std::clamp(time, first_time, last_time) - day) {}

    void append_year(std::string& text) const {
        append_digits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    }

    void append_clock(std::string& text) const {
        append_digits(text, static_cast<unsigned>(clock.hours().count()), 2);
        text += ':';
        append_digits(text, static_cast<unsigned>(clock.minutes().count()), 2);
        text += ':';
        append_digits(text, static_cast<unsigned>(clock.seconds().count()), 2);
    }
};

/// Reads a text from left to right; after the first thing that is not there, every read fails.
class Reader {
 public:
    explicit Reader(std::string_view text) : rest_(text) {}

    unsigned digits(std::size_t count) {
        unsigned value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            value = value * 10 + digit();
        }
        return value;
    }

    /// Between `low` and `high`, or the read fails.
    unsigned digits(std::size_t count, unsigned low, unsigned high) {
        const unsigned value = digits(count);
        ok_ = ok_ && value >= low && value <= high;
        return value;
    }

    /// The next character, which must be one of `choices`.
    char one_of(std::string_view choices) {
        const char c = rest_.empty() ? '\0' : rest_.front();
        if (c == '\0' || !choices.contains(c)) {
            ok_ = false;
            return '\0';
        }
        rest_.remove_prefix(1);
        return c;
    }

    [[nodiscard]] bool at_digit() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }
    [[nodiscard]] bool at(char c) const { return !rest_.empty() && rest_[0] == c; }
    [[nodiscard]] bool finished() const { return ok_ && rest_.empty(); }

 private:
    unsigned digit() {
        if (!at_digit()) {
            ok_ = false;
            return 0;
        }
        const auto value = static_cast<unsigned>(rest_.front() - '0');
        rest_.remove_prefix(1);
        return value;
    }

    std::string_view rest_;
    bool ok_ = true;
};

Duration read_fraction(Reader& reader) {
    if (!reader.at('.')) {
        return Duration(0);
    }
    reader.one_of(".");
    unsigned fraction = reader.digits(1) * 100;
    for (unsigned weight = 10; reader.at_digit(); weight /= 10) {
        fraction += reader.digits(1) * weight;
    }
    return Duration(fraction);
}

std::chrono::minutes read_offset(Reader& reader) {
    const char sign = reader.one_of("Zz+-");
    if (sign != '+' && sign != '-') {
        return std::chrono::minutes(0);
    }
    const unsigned hours = reader.digits(2, 0, 23);
    reader.one_of(":");
    const auto offset = std::chrono::hours(hours) + std::chrono::minutes(reader.digits(2, 0, 59));
    return sign == '+' ? offset : -offset;
}

}  // namespace

std::string to_rfc3339(Time time) {
    const Fields fields(time);
    std::string text;
    fields.append_year(text);
    text += '-';
    append_digits(text, static_cast<unsigned>(fields.date.month()), 2);
    text += '-';
    append_digits(text, static_cast<unsigned>(fields.date.day()), 2);
    text += 'T';
    fields.append_clock(text);
    text += '.';
    append_digits(text, static_cast<unsigned>(fields.clock.subseconds().count()), 3);
    text += 'Z';
    return text;
}

Result<Time> parse_rfc3339(std::string_view text) {
    Reader reader(text);
    const std::chrono::year year(static_cast<int>(reader.digits(4)));
    reader.one_of("-");
    const std::chrono::month month(reader.digits(2));
    reader.one_of("-");
    const year_month_day date(year, month, std::chrono::day(reader.digits(2)));
    reader.one_of("Tt");
    Duration clock = std::chrono::hours(reader.digits(2, 0, 23));
    reader.one_of(":");
    clock += std::chrono::minutes(reader.digits(2, 0, 59));
    reader.one_of(":");
    clock += std::chrono::seconds(reader.digits(2, 0, 59));
    clock += read_fraction(reader);
    clock -= read_offset(reader);
    if (!reader.finished() || !date.ok()) {
        return fail(Errc::malformed, "time");
    }
    return Time(sys_days(date)) + clock;
}

std::string to_http_date(Time time) {
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    const Fields fields(time);
    std::string text(weekdays[std::chrono::weekday(fields.day).c_encoding()]);
    text += ", ";
    append_digits(text, static_cast<unsigned>(fields.date.day()), 2);
    text += ' ';
    text += months[static_cast<unsigned>(fields.date.month()) - 1];
    text += ' ';
    fields.append_year(text);
    text += ' ';
    fields.append_clock(text);
    text += " GMT";
    return text;
}

}  // namespace cardea
