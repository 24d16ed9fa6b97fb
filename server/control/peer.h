// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <sys/types.h>

namespace cardea::server {

/// The user of the process at the other end of a Unix socket; empty when the system does not say.
[[nodiscard]] std::optional<uid_t> find_peer(int descriptor) noexcept;

/// Whether that user may be spoken to: root, our own user, or `other` where it is given.
[[nodiscard]] bool is_trusted_peer(std::optional<uid_t> peer, uid_t us, std::optional<uid_t> other) noexcept;

}  // namespace cardea::server
