// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace cardea::crypto::detail {

/// Lets libsodium choose its fastest code for this processor, once; before any other call of it.
void prepare_sodium() noexcept;

}  // namespace cardea::crypto::detail
