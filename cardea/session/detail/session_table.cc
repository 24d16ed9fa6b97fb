// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/detail/session_table.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace cardea::session {

namespace {

std::uint64_t tag_of(const TokenHash& token_hash) noexcept {
    std::uint64_t tag = 0;
    std::memcpy(&tag, token_hash.data(), sizeof tag);
    return tag;
}

}  // namespace

SessionTable::SessionTable(std::size_t capacity)
    : set_mask_(std::bit_ceil(std::max<std::size_t>(capacity / ways, 1)) - 1),
      slots_((set_mask_ + 1) * ways) {}

const SessionTable::Pointer* SessionTable::find(const TokenHash& token_hash) const noexcept {
    const std::uint64_t tag = tag_of(token_hash);
    for (const Slot& slot : std::span(slots_).subspan(set_of(tag), ways)) {
        if (slot.tag == tag && slot.session && slot.session->record().token_hash == token_hash) {
            return &slot.session;
        }
    }
    return nullptr;
}

const SessionTable::Pointer& SessionTable::put(Pointer session) noexcept {
    const TokenHash& token_hash = session->record().token_hash;
    const std::uint64_t tag = tag_of(token_hash);
    const std::span set = std::span(slots_).subspan(set_of(tag), ways);
    const auto rank = [&](const Slot& slot) {  // the lowest gives its place: itself, then empty, then oldest
        if (!slot.session) {
            return std::pair(1, Time());
        }
        const bool is_same = slot.session->record().token_hash == token_hash;
        return is_same ? std::pair(0, Time()) : std::pair(2, slot.session->last_seen_at());
    };
    Slot& place = *std::ranges::min_element(set, {}, rank);
    place = Slot{tag, std::move(session)};
    return place.session;
}

}  // namespace cardea::session
