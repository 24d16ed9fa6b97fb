// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/assert.h"
#include "cardea/base/random.h"

#include <algorithm>
#include <utility>

namespace cardea::testing {

/// Gives the bytes that a test vector says were drawn, in their order, and no more.
class FixedRandom final : public Random {
 public:
    explicit FixedRandom(Bytes bytes) : bytes_(std::move(bytes)) {}

    void fill(std::span<std::uint8_t> out) noexcept override {
        CARDEA_ASSERT(out.size() <= bytes_.size());
        std::ranges::copy_n(bytes_.begin(), static_cast<std::ptrdiff_t>(out.size()), out.begin());
        bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(out.size()));
    }

 private:
    Bytes bytes_;
};

}  // namespace cardea::testing
