// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/rule.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cardea::audit {
namespace {

struct Words {
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array words{
    Words{"none", "No particular rule; the code says it all."},
    Words{"input", "The request could not be read as what it should be."},
    Words{"csrf", "The request came from another site, or without the token of its form."},
    Words{"address_limit", "Too many password tries came from one network address."},
    Words{"account_delay", "Too many tries at one account from unknown devices; the next has to wait."},
    Words{
        "account_locked",
        "A hundred failures in a row: only known devices get in until a success or a new password."
    },
    Words{"device_delay", "Too many tries from a device that is known; the next has to wait."},
    Words{
        "hashing_queue", "More sign-ins at once than the password pool takes, or than one account may have."
    },
    Words{"unknown_name", "There is no account of that name."},
    Words{"no_password", "The account has no password."},
    Words{"wrong_password", "The password does not match."},
    Words{"account_disabled", "The account is disabled."},
    Words{"flow_state", "The form was too old, already used, or not ours."},
    Words{"invitation", "The invitation is missing, too old, already used, revoked, or for another address."},
    Words{"registration_closed", "Nobody may register here."},
    Words{"name_taken", "The e-mail address or user name belongs to an account already."},
    Words{"password_policy", "The new password is too short, too long or easily guessed."},
    Words{"step_up", "The sign-in is too old for this; the password was asked for first."},
    Words{
        "session",
        "There was no session, or none any more: signed out, revoked, or expired more than an hour ago."
    },
    Words{"store", "The database did not answer, or what was to be changed had changed meanwhile."},
    Words{"route", "There is no such page, or it does not take this method."},
    Words{"name_input", "The e-mail address, user name or display name is not an acceptable one."},
    Words{
        "hash_unusable",
        "The stored hash of the password cannot be verified here; the log says why. Set a new password."
    },
    Words{"api_key_form", "What was sent as an API key is none: its form or its checksum is wrong."},
    Words{"api_key_unknown", "There is no such API key, or it was revoked."},
    Words{"api_key_ended", "The API key has expired, or was rotated and its overlap is over."},
    Words{
        "provider",
        "The provider, or the person there, said no, or its answer does not hold; the log says why."
    },
    Words{
        "other_identity", "The identity at the provider is not linked to the account that was to be proven."
    },
    Words{"identity_taken", "The identity at the provider is linked to another account."},
    Words{"last_way_in", "Without it nobody could sign in to the account: it has no password and no other."},
    Words{"api_key_limit", "The account made too many API keys within a minute."},
    Words{"host", "The request was for another host than that of public_url."},
    Words{
        "session_idle",
        "The session had not been used for session.idle (or session.remember_idle), and ended."
    },
    Words{
        "session_absolute",
        "The sign-in was session.absolute (or session.remember_absolute) ago: the session ended."
    },
    Words{
        "two_credentials",
        "Two credentials came at once. Send one of a session cookie, an Authorization header and an API key."
    },
    Words{
        "key_not_taken_here",
        "The API key is good, but only a session counts here, or its owner has none of its scopes. Forward "
        "auth takes keys with api_keys.forward_auth = true."
    },
    Words{"too_large", "The request, or a part of it, is longer than what is taken here. Send less at once."},
};

static_assert(words.size() == std::to_underlying(Rule::too_large) + 1U);

const Words& words_of(Rule rule) noexcept {
    const std::size_t index = std::to_underlying(rule);
    return words[index < words.size() ? index : 0];
}

}  // namespace

std::string_view name(Rule rule) noexcept {
    return words_of(rule).name;
}

Rule find_rule(std::string_view name) noexcept {
    const auto found = std::ranges::find(words, name, &Words::name);
    return found == words.end() ? Rule::none : static_cast<Rule>(found - words.begin());
}

std::string_view describe(Rule rule) noexcept {
    return words_of(rule).sentence;
}

}  // namespace cardea::audit
