// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace cardea {

/// SHA-256 of a token or key: what stores and caches know it by, so that neither holds a credential.
using CredentialHash = std::array<std::uint8_t, 32>;

/// A bounded map from credential hash to entry: a key has eight places, and when all are taken, the entry
/// that was not seen for longest makes room. Never grows, so a find is one short walk. Not thread-safe.
template <class Entry>
class RecentTable {
 public:
    using Pointer = std::shared_ptr<const Entry>;

    explicit RecentTable(std::size_t capacity)
        : set_mask_(std::bit_ceil(std::max<std::size_t>(capacity / ways, 1)) - 1),
          slots_((set_mask_ + 1) * ways) {}

    /// Null when it is not here; valid until the next put().
    [[nodiscard]] const Pointer* find(const CredentialHash& hash) const noexcept {
        const std::uint64_t tag = tag_of(hash);
        for (const Slot& slot : std::span(slots_).subspan(set_of(tag), ways)) {
            // compared in the open: nobody can choose the bytes of a SHA-256 one by one
            if (slot.tag == tag && slot.entry && slot.entry->hash() == hash) {
                return &slot.entry;
            }
        }
        return nullptr;
    }

    /// Takes the place of the entry with the same hash, if there is one.
    const Pointer& put(Pointer entry) noexcept {
        const CredentialHash& hash = entry->hash();
        const std::uint64_t tag = tag_of(hash);
        const std::span set = std::span(slots_).subspan(set_of(tag), ways);
        const auto rank = [&](const Slot& slot
                          ) {  // the lowest gives its place: itself, then empty, then oldest
            if (!slot.entry) {
                return std::pair(1, Time());
            }
            // compared in the open: both are ours
            const bool is_same = slot.entry->hash() == hash;
            return is_same ? std::pair(0, Time()) : std::pair(2, slot.entry->last_seen_at());
        };
        Slot& place = *std::ranges::min_element(set, {}, rank);
        place = Slot{tag, std::move(entry)};
        return place.entry;
    }

 private:
    static constexpr std::size_t ways = 8;

    struct Slot {
        std::uint64_t tag = 0;  ///< the first bytes of the hash: random already
        Pointer entry;
    };

    static std::uint64_t tag_of(const CredentialHash& hash) noexcept {
        std::uint64_t tag = 0;
        std::memcpy(&tag, hash.data(), sizeof tag);
        return tag;
    }

    [[nodiscard]] std::size_t set_of(std::uint64_t tag) const noexcept { return (tag & set_mask_) * ways; }

    std::size_t set_mask_;
    std::vector<Slot> slots_;
};

}  // namespace cardea
