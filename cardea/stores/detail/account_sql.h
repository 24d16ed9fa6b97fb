// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/record.h"
#include "cardea/stores/detail/row_codec.h"

#include <string_view>
#include <utility>

namespace cardea::stores::detail {

inline constexpr std::string_view insert_account =
    "INSERT INTO account (id, email, email_key, email_verified, username, username_key, name, password_hash,"
    " status, created_at, password_changed_at, version, failed_attempts)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
inline constexpr std::string_view account_exists = "SELECT 1 FROM account WHERE id = $1";

[[nodiscard]] inline sql::Params to_params(account::AccountRecord record) {
    return {
        column(record.id),
        std::move(record.email),
        column_or_null(std::move(record.email_key)),
        std::int64_t{record.email_verified},
        std::move(record.username),
        column_or_null(std::move(record.username_key)),
        std::move(record.name),
        std::move(record.password_hash),
        static_cast<std::int64_t>(record.status),
        column(record.created_at),
        column(record.password_changed_at),
        record.version,
        record.failed_attempts,
    };
}

}  // namespace cardea::stores::detail
