// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace cardea::net::detail {

/// Blocks of memory of one size, in pages of their own: given back among small allocations that live longer,
/// they would leave holes that cost as much as the blocks did. Not thread-safe.
class BlockPool {
 public:
    class GiveBack {
     public:
        explicit GiveBack(BlockPool* pool = nullptr) noexcept : pool_(pool) {}
        void operator()(char* block) const noexcept { pool_->give_back(block); }

     private:
        BlockPool* pool_;
    };
    /// A rented block. The pool outlives it.
    using Block = std::unique_ptr<char[], GiveBack>;

    explicit BlockPool(std::size_t block_bytes);
    ~BlockPool();
    BlockPool(const BlockPool&) = delete;
    BlockPool& operator=(const BlockPool&) = delete;

    [[nodiscard]] std::size_t block_bytes() const noexcept { return block_bytes_; }
    /// Throws std::bad_alloc when there is no memory.
    [[nodiscard]] Block rent();

 private:
    void give_back(char* block) noexcept;

    std::size_t block_bytes_;
    std::vector<char*> free_;
};

}  // namespace cardea::net::detail
