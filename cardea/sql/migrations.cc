// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/migrations.h"

#include "cardea/base/assert.h"

#include <array>
#include <utility>

namespace cardea::sql {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> sqlite_macros{{
    {"{id}", "BLOB"},
    {"{hash}", "BLOB"},
    {"{bytes}", "BLOB"},
    {"{text}", "TEXT"},
    {"{integer}", "INTEGER"},
    {"{time}", "INTEGER"},
    {"{table}", "STRICT"},
    // Small rows live in the B-tree of their primary key: one tree instead of two.
    {"{small_table}", "STRICT, WITHOUT ROWID"},
}};

std::string_view replacement(std::string_view text) {
    for (const auto& [macro, type] : sqlite_macros) {
        if (text.starts_with(macro)) {
            return type;
        }
    }
    return {};
}

}  // namespace

std::string expand_for_sqlite(std::string_view script) {
    std::string out;
    out.reserve(script.size());
    while (!script.empty()) {
        const std::size_t open = script.find('{');
        out.append(script.substr(0, open));
        if (open == std::string_view::npos) {
            break;
        }
        script.remove_prefix(open);
        const std::string_view type = replacement(script);
        CARDEA_ASSERT(!type.empty());  // a misspelt macro in an embedded script
        out.append(type);
        script.remove_prefix(script.find('}') + 1);
    }
    return out;
}

}  // namespace cardea::sql
