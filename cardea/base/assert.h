// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cardea::detail {
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;
}  // namespace cardea::detail

/// Aborts when a broken invariant makes going on unsafe. Kept in release builds; never used for input.
#define CARDEA_ASSERT(expression)        \
    ((expression) ? static_cast<void>(0) \
                  : ::cardea::detail::assertion_failed(#expression, __FILE__, __LINE__))
