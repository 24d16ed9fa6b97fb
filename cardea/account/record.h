// SPDX-License-Identifier: Apache-2.0
/// account: the people. Registration, sign-in, password change, disabling and deletion, on the flow engine;
/// names and addresses in their canonical form; the rules against guessing. Knows no HTTP and no SQL.
///
/// Invariants: a password is stored only as a hash; unknown, disabled and password-less accounts cost the
/// same and answer the same; disabling, deleting or changing the password ends sessions at once.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"

#include <cstdint>
#include <string>

namespace cardea::account {

/// Whether the account may sign in. A disabled one keeps its row and its names.
enum class Status : std::uint8_t { active, disabled };

/// One row of the account store. At least one of email and username is set, unless its person signs in by a
/// provider alone (account/federated_identity.h).
struct AccountRecord {
    AccountId id;
    std::string email;      ///< as the person wrote it; shown and mailed to
    std::string email_key;  ///< what is unique: IDNA domain, case folded (account/email.h)
    bool email_verified = false;
    std::string username;       ///< as the person wrote it
    std::string username_key;   ///< RFC 8265 UsernameCaseMapped, one script (account/username.h)
    std::string name;           ///< display name
    std::string password_hash;  ///< password/stored_hash.h; empty when the account has no password
    Status status = Status::active;
    std::int64_t failed_attempts = 0;  ///< in a row, since the last success (SP 800-63B-4 section 3.2.2)
    Time created_at;
    Time password_changed_at;
    std::int64_t version = 0;  ///< grows with every change
};

}  // namespace cardea::account
