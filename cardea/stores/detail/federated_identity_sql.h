// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federated_identity.h"
#include "cardea/stores/detail/row_codec.h"

#include <string_view>
#include <utility>

namespace cardea::stores::detail {

/// Statements that the stores of accounts and of federated identities share, for their transactions.
inline constexpr std::string_view insert_federated_identity =
    "INSERT INTO federated_identity (id, account, issuer, subject, label, linked_at, last_used_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
inline constexpr std::string_view remove_all_federated_identities =
    "DELETE FROM federated_identity WHERE account = $1";

[[nodiscard]] inline sql::Params to_params(account::FederatedIdentity identity) {
    return {
        column(identity.id),
        column(identity.account),
        std::move(identity.issuer),
        std::move(identity.subject),
        std::move(identity.label),
        column(identity.linked_at),
        column(identity.last_used_at),
    };
}

}  // namespace cardea::stores::detail
