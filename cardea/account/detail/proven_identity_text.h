// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"

#include <string>
#include <string_view>

namespace cardea::account::detail {

/// As a flow carries it from the way back to the page that asks for a decision.
[[nodiscard]] std::string encode(const ProvenIdentity& identity);

/// Errc::malformed for anything that encode() does not write.
[[nodiscard]] Result<ProvenIdentity> decode_identity(std::string_view text);

}  // namespace cardea::account::detail
