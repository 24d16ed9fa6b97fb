// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/event.h"

namespace cardea::audit {

std::string_view name(Event event) noexcept {
    switch (event) {
        case Event::signed_in:
            return "session.issued";
        case Event::registered:
            return "account.registered";
        case Event::signed_out:
            return "session.ended";
        case Event::session_revoked:
            return "session.revoked";
        case Event::sessions_revoked:
            return "sessions.revoked";
        case Event::password_confirmed:
            return "password.confirmed";
        case Event::password_changed:
            return "password.changed";
        case Event::account_disabled:
            return "account.disabled";
        case Event::account_enabled:
            return "account.enabled";
        case Event::account_removed:
            return "account.removed";
        case Event::invitation_made:
            return "invitation.made";
        case Event::invitation_used:
            return "invitation.used";
        case Event::invitation_revoked:
            return "invitation.revoked";
        case Event::api_key_issued:
            return "api_key.issued";
        case Event::api_key_rotated:
            return "api_key.rotated";
        case Event::api_key_revoked:
            return "api_key.revoked";
        case Event::api_keys_revoked:
            return "api_keys.revoked";
        case Event::api_key_refused:
            return "api_key.used";
        case Event::identity_linked:
            return "identity.linked";
        case Event::identity_unlinked:
            return "identity.unlinked";
        case Event::email_verified:
            return "email.verified";
        case Event::entries_dropped:
            return "audit.dropped";
    }
    return "unknown";
}

}  // namespace cardea::audit
