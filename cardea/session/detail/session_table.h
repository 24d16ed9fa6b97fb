// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/live_session.h"
#include "cardea/session/record.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace cardea::session {

/// A bounded map from token hash to session: a key has eight places, and when all are taken, the session that
/// was not seen for longest makes room. Never grows, so a find is one short walk. Not thread-safe.
class SessionTable {
 public:
    using Pointer = std::shared_ptr<const LiveSession>;

    explicit SessionTable(std::size_t capacity);

    /// Null when it is not here; valid until the next put().
    [[nodiscard]] const Pointer* find(const TokenHash& token_hash) const noexcept;
    /// Takes the place of the session with the same token, if there is one.
    const Pointer& put(Pointer session) noexcept;

 private:
    static constexpr std::size_t ways = 8;

    struct Slot {
        std::uint64_t tag = 0;  ///< the first bytes of the hash: random already
        Pointer session;
    };

    [[nodiscard]] std::size_t set_of(std::uint64_t tag) const noexcept { return (tag & set_mask_) * ways; }

    std::size_t set_mask_;
    std::vector<Slot> slots_;
};

}  // namespace cardea::session
