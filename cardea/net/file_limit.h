// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cardea::net {

/// How many of `wanted` connections this process has file descriptors for, beside those that it needs for its
/// other work. Raises the soft limit (RLIMIT_NOFILE, 1,024 as a rule) as far as the hard one lets it; where
/// that is too little, logs `net.few_files`. For the program to call, at its start and before
/// Server::start(), not for a library within it: select(2) fails with descriptors above 1,023.
[[nodiscard]] std::size_t raise_file_limit(std::size_t wanted) noexcept;

}  // namespace cardea::net
