// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/scopes.h"

#include <algorithm>

namespace cardea::apikey {

namespace {

bool is_scope_token(std::string_view text) noexcept {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

Result<std::string> join_scopes(std::span<const std::string> scopes) {
    if (scopes.size() > max_scopes) {
        return fail(Errc::too_large, "API key scopes");
    }
    std::string joined;
    for (const std::string& scope : scopes) {
        if (scope.size() > max_scope_bytes) {
            return fail(Errc::too_large, "API key scope");
        }
        if (!is_scope_token(scope)) {
            return fail(Errc::invalid, "API key scope");
        }
        if (!has_scope(joined, scope)) {
            joined.append(joined.empty() ? "" : " ").append(scope);
        }
    }
    return joined;
}

bool has_scope(std::string_view joined, std::string_view scope) noexcept {
    while (!joined.empty() && !scope.empty()) {
        const std::size_t end = std::min(joined.find(' '), joined.size());
        if (joined.substr(0, end) == scope) {
            return true;
        }
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return false;
}

}  // namespace cardea::apikey
