// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <cstddef>
#include <iosfwd>
#include <string>

namespace cardea::server {

inline constexpr std::size_t max_input_bytes = std::size_t{1} << 20U;

/// Everything that `in` has, without the line end that `echo` puts behind it. Errc::too_large.
[[nodiscard]] Result<SecretText> read_input(std::istream& in);

/// A file that holds secrets, as it is. Errc::config with a sentence when it cannot be read.
[[nodiscard]] Result<SecretText> read_secret_file(const std::string& path);

}  // namespace cardea::server
