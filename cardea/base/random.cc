// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/random.h"

#include "cardea/base/assert.h"

#include <cerrno>
#include <sys/random.h>

namespace cardea {

void SystemRandom::fill(std::span<std::uint8_t> out) noexcept {
    while (!out.empty()) {
        const ssize_t got = ::getrandom(out.data(), out.size(), 0);
        CARDEA_ASSERT(got > 0 || errno == EINTR);
        if (got > 0) {
            out = out.subspan(static_cast<std::size_t>(got));
        }
    }
}

void FakeRandom::fill(std::span<std::uint8_t> out) noexcept {
    for (std::uint8_t& byte : out) {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        byte = static_cast<std::uint8_t>(mixed >> 56);
    }
}

}  // namespace cardea
