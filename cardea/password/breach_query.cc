// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/breach_query.h"

#include "cardea/crypto/digest.h"

#include <algorithm>
#include <charconv>

namespace cardea::password {
namespace {

constexpr std::size_t suffix_digits = 35;

constexpr bool is_upper_hex(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

/// Takes a line off the text, without its CR LF or LF.
std::string_view take_line(std::string_view& text) noexcept {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

struct Entry {
    std::string_view suffix;
    std::uint64_t count = 0;
};

Result<Entry> parse_entry(std::string_view line) {
    Entry entry{.suffix = line.substr(0, suffix_digits)};
    const bool has_form = line.size() > suffix_digits + 1 && line[suffix_digits] == ':' &&
                          std::ranges::all_of(entry.suffix, is_upper_hex);
    if (!has_form) {
        return fail(Errc::malformed, "breaches: a line of the answer");
    }
    const std::string_view digits = line.substr(suffix_digits + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), entry.count);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return fail(Errc::malformed, "breaches: a count of the answer");
    }
    return entry;
}

}  // namespace

BreachQuery::BreachQuery(const Password& password) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    crypto::Digest hash = crypto::digest(crypto::HashAlgorithm::sha1, as_bytes(password.expose()));
    std::size_t at = 0;
    const auto put = [&](char digit) {
        if (at < prefix_.size()) {
            prefix_[at] = digit;
        } else {
            suffix_.expose()[at - prefix_.size()] = static_cast<std::uint8_t>(digit);
        }
        ++at;
    };
    for (const std::uint8_t byte : hash.bytes()) {
        put(digits[byte >> 4U]);
        put(digits[byte & 15U]);
    }
    wipe(hash.bytes().data(), hash.bytes().size());
}

Result<std::uint64_t> BreachQuery::count_in(std::string_view answer) const {
    if (answer.empty()) {
        return fail(Errc::malformed, "breached passwords: an empty answer");  // every range has hundreds
    }
    std::uint64_t count = 0;
    while (!answer.empty()) {
        const std::string_view line = take_line(answer);
        Result<Entry> entry = parse_entry(line);
        if (!entry) {
            return propagate(entry);
        }
        if (constant_time_equal(as_bytes(entry->suffix), suffix_.expose())) {
            count = std::max(count, entry->count);
        }
    }
    return count;
}

}  // namespace cardea::password
