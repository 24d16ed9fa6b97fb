// SPDX-License-Identifier: Apache-2.0
#include "server/config/suggestion.h"

#include "server/config/provider_settings.h"
#include "server/config/settings.h"

#include <fmt/format.h>

#include <algorithm>
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

/// The sentence about a name that is not in `table`.
template <class Table>
std::string unknown(std::string_view name, const Table& table) {
    constexpr std::size_t longest_shown = 64;
    const std::string_view shown = name.substr(0, longest_shown);
    const auto nearest =
        std::ranges::min_element(table, {}, [shown](const auto& row) { return distance(shown, row.name); });
    if (distance(shown, nearest->name) <= 3) {
        return fmt::format("no setting is called {}; did you mean {}?", shown, nearest->name);
    }
    return fmt::format("no setting is called {}; `cardea config reference` lists them", shown);
}

}  // namespace

std::string unknown_setting(std::string_view name) {
    return unknown(name, settings());
}

std::string unknown_provider_setting(std::string_view name) {
    return "providers: " + unknown(name, provider_settings());
}

}  // namespace cardea::server
