// SPDX-License-Identifier: Apache-2.0
#include "server/config/suggestion.h"

#include "server/config/provider_settings.h"
#include "server/config/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <vector>

namespace cardea::server {
namespace {

/// How many letters must be changed, added or removed to make one word of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (const char letter : a) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (letter == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

constexpr std::size_t longest_shown = 64;

/// The sentence about a name that is not in `table`.
template <class Table>
std::string unknown(std::string_view name, const Table& table) {
    const std::string_view shown = name.substr(0, longest_shown);
    std::vector<std::string_view> known;
    std::ranges::transform(table, std::back_inserter(known), [](const auto& row) { return row.name; });
    if (const std::string_view nearest = find_nearest(shown, known); !nearest.empty()) {
        return fmt::format("no setting is called {}; did you mean {}?", shown, nearest);
    }
    return fmt::format("no setting is called {}; `cardea config reference` lists them", shown);
}

}  // namespace

std::string_view find_nearest(std::string_view word, const std::vector<std::string_view>& known) {
    constexpr std::size_t most_changed = 3;
    const std::string_view read = word.substr(0, longest_shown);
    std::string_view nearest;
    std::size_t least = most_changed + 1;
    for (const std::string_view candidate : known) {
        const std::size_t changed = distance(read, candidate);
        if (changed < least && changed <= candidate.size() / 2) {  // of a short word, a few letters are all
            least = changed;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string unknown_setting(std::string_view name) {
    return unknown(name, settings());
}

std::string unknown_provider_setting(std::string_view name) {
    return "providers: " + unknown(name, provider_settings());
}

}  // namespace cardea::server
