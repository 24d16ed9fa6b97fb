// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/session.h"

#include <string_view>

namespace cardea::web::detail {

/// What those who keep a Session, and those who bind something to it, know of it beside its handlers.
class SessionAccess {
 public:
    [[nodiscard]] static SessionChange change(const Session& session) { return session.change(); }
    /// What a keeper keeps, as SessionContent has it.
    [[nodiscard]] static Json content(const Session& session) { return session.content(); }
    /// As it was found; nullptr when there was none. Does not count as reading.
    [[nodiscard]] static const FoundSession* found(const Session& session) { return session.found(); }
    /// Whether anybody looked at it, so that the answer depends on the cookie.
    [[nodiscard]] static bool was_read(const Session& session) noexcept { return session.was_read_; }
    /// Whether a sign-in or sign-out took place, so that tokens bound to the visitor before are void.
    [[nodiscard]] static bool is_renewed(const Session& session) noexcept { return session.is_renewed(); }
    /// What CSRF tokens are bound to; empty when there is nothing lasting. Counts as reading: an answer with
    /// a token is this visitor's alone.
    [[nodiscard]] static std::string_view id(const Session& session) { return session.id(); }
    /// Forgets every change.
    static void discard(Session& session) { session.discard(); }
};

}  // namespace cardea::web::detail
