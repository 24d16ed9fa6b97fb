// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"

#include <array>
#include <cstdint>
#include <span>

namespace cardea {

/// Where services get unpredictable bytes from. Thread-safe.
class Random {
 public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) noexcept = 0;

    template <std::size_t N>
    [[nodiscard]] std::array<std::uint8_t, N> bytes() noexcept {
        std::array<std::uint8_t, N> out;
        fill(out);
        return out;
    }

    template <std::size_t N>
    [[nodiscard]] SecretBytes<N> secret() {
        SecretBytes<N> out;
        fill(out.expose());
        return out;
    }
};

/// getrandom(2): the kernel's generator. Aborts the process if the kernel cannot give any.
class SystemRandom final : public Random {
 public:
    void fill(std::span<std::uint8_t> out) noexcept override;
};

/// A repeatable generator for tests (splitmix64). Never for anything real; not thread-safe.
class FakeRandom final : public Random {
 public:
    explicit FakeRandom(std::uint64_t seed = 1) noexcept : state_(seed) {}
    void fill(std::span<std::uint8_t> out) noexcept override;

 private:
    std::uint64_t state_;
};

}  // namespace cardea
