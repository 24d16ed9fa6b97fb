// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"
#include "cardea/base/id.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::audit {

/// What is worth a row. The names are stable: `cardea audit` and log readers know them.
enum class Event : std::uint8_t {
    signed_in,
    registered,
    signed_out,
    session_revoked,
    sessions_revoked,
    password_confirmed,
    password_changed,
    account_disabled,
    account_enabled,
    account_removed,
    invitation_made,
    invitation_used,
    invitation_revoked,
    api_key_issued,
    api_key_rotated,
    api_key_revoked,
    api_keys_revoked,
    api_key_refused,
    identity_linked,
    identity_unlinked,
    email_verified,
    entries_dropped,
};

/// "session.issued", "account.disabled": what stands in the row.
[[nodiscard]] std::string_view name(Event event) noexcept;

/// Who was at the other end, as far as it is known. Kept beside the chain, so that it can be erased.
struct Personal {
    std::string client_address;
    std::string user_agent;
    std::string subject;  ///< the name that was tried, whom an invitation is for, an API key, a person at a
                          ///< provider; how many were dropped, as no other row has a number to tell
    std::string issuer;   ///< the provider for which `subject` is a person
    std::string session;  ///< the id of the session that began or ended
    std::string actor;    ///< who did it, when it was not the account itself: "operator"
};

/// One thing that happened, or was refused.
struct Entry {
    Event event = Event::signed_in;
    std::optional<Errc> refusal;  ///< absent when it succeeded
    AccountId account;            ///< nil when there is none
    std::string reference;        ///< what a refused person was shown (audit/reference.h)
    Personal personal;
};

}  // namespace cardea::audit
