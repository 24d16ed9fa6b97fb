// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/id.h"
#include "cardea/base/recent_table.h"

#include <atomic>
#include <cstdint>
#include <vector>

namespace cardea {

/// Eight bytes of a hash or id as a number. Shard, mark and place in a table come from different bytes, so
/// that they are independent.
template <std::size_t Offset, std::size_t N>
[[nodiscard]] std::uint64_t word_at(const std::array<std::uint8_t, N>& bytes) noexcept {
    static_assert(Offset + sizeof(std::uint64_t) <= N);
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + Offset, sizeof word);
    return word;
}

/// Which credentials were dropped, and when, without a list of them: one growing sequence number, and an
/// array of cells. Thread-safe, and a check takes no lock.
///
/// Why a revoked credential is never accepted: a fill notes the number before it reads the store. A drop
/// comes after the row was removed from the store: it takes the next number and writes it into the cell of
/// the credential or account. A credential is accepted only while both of its cells hold no number above the
/// one that its fill noted. So a fill that may have read the row before its removal is refused from the
/// moment the drop returns, in every thread and however late it is inserted; and a fill that noted the drop's
/// number reads the store after the removal. Different credentials that share a cell are read again for
/// nothing, and that is all.
class RevocationMarks {
 public:
    RevocationMarks() : cells_(cell_count) {}

    /// The number to note before the store is read.
    [[nodiscard]] std::uint64_t sequence() const noexcept { return sequence_.load(); }

    /// Whether what was read after `noted` still stands.
    [[nodiscard]] bool is_current(const CredentialHash& hash, const AccountId& account, std::uint64_t noted)
        const noexcept {
        return cells_[cell_of(hash)].load() <= noted && cells_[cell_of(account)].load() <= noted;
    }

    // From the return on, nothing that was read before the call is current.
    void drop(const CredentialHash& hash) noexcept { raise(cells_[cell_of(hash)], ++sequence_); }
    void drop(const AccountId& account) noexcept { raise(cells_[cell_of(account)], ++sequence_); }
    void drop_all() noexcept;

 private:
    using Cell = std::atomic<std::uint64_t>;
    static constexpr std::size_t cell_count = 16'384;

    static std::size_t cell_of(const CredentialHash& hash) noexcept { return word_at<16>(hash) % cell_count; }
    static std::size_t cell_of(const AccountId& account) noexcept {
        return word_at<0>(account.bytes()) % cell_count;
    }
    static void raise(Cell& cell, std::uint64_t number) noexcept;

    Cell sequence_{0};
    std::vector<Cell> cells_;
};

}  // namespace cardea
