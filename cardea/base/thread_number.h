// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cardea {

/// How many threads can have a number at the same time.
inline constexpr std::size_t thread_number_limit = 128;

/// A small number that no other living thread has, or thread_number_limit when all are taken. When a thread
/// ends, its number goes to a later one, and what it did happens before what that one does.
[[nodiscard]] std::size_t this_thread_number() noexcept;

}  // namespace cardea
