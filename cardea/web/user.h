// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

/// Who is asking, as the program knows people. Kept in the session at sign-in, or made from a token by an
/// AuthenticationBackend.
struct User {
    std::string id;                   ///< never changes and is never given to somebody else
    std::string name;                 ///< for people to read: they choose it, and two may have the same
    std::vector<std::string> scopes;  ///< what the user may do, beside being signed in
    /// The credential stands for `scopes` alone and not for the whole person: an API key with scopes, and the
    /// tokens and sessions that are given for one.
    bool is_limited = false;

    /// Everybody has the scope "authenticated" who is not limited to others.
    [[nodiscard]] bool has_scope(std::string_view scope) const noexcept {
        return (scope == "authenticated" && !is_limited) || std::ranges::find(scopes, scope) != scopes.end();
    }

    friend bool operator==(const User&, const User&) = default;
};

/// The subject of an account's session, or the owner of its API key, where the program wants
/// Request::user() to know it.
class HasUser {
 public:
    virtual ~HasUser() = default;
    [[nodiscard]] virtual const User& user() const noexcept = 0;
};

}  // namespace cardea::web
