// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/block_pool.h"

#include <new>
#include <sys/mman.h>

namespace cardea::net::detail {
namespace {

/// Free blocks above this go back to the system.
constexpr std::size_t kept_blocks = 64;

}  // namespace

BlockPool::BlockPool(std::size_t block_bytes) : block_bytes_(block_bytes) {
    free_.reserve(kept_blocks);
}

BlockPool::~BlockPool() {
    for (char* block : free_) {
        ::munmap(block, block_bytes_);
    }
}

BlockPool::Block BlockPool::rent() {
    if (!free_.empty()) {
        char* const block = free_.back();
        free_.pop_back();
        return Block(block, GiveBack(this));
    }
    void* const fresh =
        ::mmap(nullptr, block_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (fresh == MAP_FAILED) {
        throw std::bad_alloc();
    }
    return Block(static_cast<char*>(fresh), GiveBack(this));
}

void BlockPool::give_back(char* block) noexcept {
    if (free_.size() < kept_blocks) {
        free_.push_back(block);
    } else {
        ::munmap(block, block_bytes_);
    }
}

}  // namespace cardea::net::detail
