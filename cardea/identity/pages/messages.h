// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// Every sentence that a page shows but those of refusals (web/problem_kind.cc), in one place, ready for
/// translation: a language is one more object of this type.
namespace cardea::identity {

/// One language.
struct Messages {
    std::string_view language = "en";
    std::string_view product = "Cardea";

    // Landing page
    std::string_view welcome = "Welcome";
    std::string_view welcome_lead = "One account for everything behind this door.";
    std::string_view signed_in_as = "You are signed in as";
    std::string_view go_to_account = "Go to your account";
    std::string_view to_sign_in = "Sign in";
    std::string_view to_register = "Create an account";

    // A page that was sent and shows a form again
    std::string_view problem_in_title = "Problem: ";
    std::string_view form_used = "This form was sent before. Please enter your password again.";
    std::string_view form_expired = "This page was open for too long. Please enter your password again.";

    // Fields
    std::string_view login = "E-mail or user name";
    std::string_view name_optional = "Your name (optional)";
    std::string_view password = "Password";
    std::string_view current_password = "Current password";
    std::string_view new_password = "New password";
    std::string_view password_length = "At least {} characters.";
    std::string_view password_classes = "Among them upper case, lower case, a digit and another character.";
    std::string_view password_advice = "A few unusual words are easy to remember and hard to guess.";
    std::string_view password_too_short = "Please use at least {} characters.";
    std::string_view invitation = "Invitation code";
    std::string_view invitation_hint = "The code that you were given. Registration here is by invitation.";
    std::string_view remember = "Keep me signed in on this device";

    // Sign-in and registration
    std::string_view sign_in_title = "Sign in";
    std::string_view sign_in = "Sign in";
    std::string_view new_here = "New here?";
    std::string_view register_title = "Create your account";
    std::string_view create_account = "Create account";
    std::string_view have_account = "Have an account?";
    std::string_view registered = "Your account is ready. Sign in to use it.";
    std::string_view signed_out = "You are signed out.";
    std::string_view registration_closed =
        "Registration is closed. Ask the people who run this site for an account.";

    // Sign in with ...
    std::string_view continue_with = "Continue with";
    std::string_view or_so = "or";
    std::string_view link_title = "Is this account yours?";
    std::string_view link_lead = "An account here has your address:";
    std::string_view link_password_lead = "Enter its password, and from then on you also sign in with";
    std::string_view link_and_sign_in = "Connect and sign in";
    std::string_view link_no_password_lead =
        "Sign in to it the way you did before. Then connect this one on the page of your account.";
    std::string_view separate_account = "Make a separate account";
    std::string_view separate_account_lead =
        "Not yours, or not wanted? You get an account of your own, without that address.";
    std::string_view invited_title = "Create your account";
    std::string_view signed_in_at_provider = "You signed in with";
    std::string_view going_to = "On to";
    std::string_view going_to_lead = "You are being sent on. If nothing happens, use the button.";
    std::string_view password_wrong = "The password is not right.";
    std::string_view provider_denied = "You were not signed in: the other site, or you yourself, said no.";
    std::string_view provider_restart =
        "That took too long, or was begun in another browser. Please start again.";
    std::string_view provider_unavailable = "The other site cannot be reached. Please try again later.";
    std::string_view provider_failed = "That did not work. Please try again, or sign in another way.";
    std::string_view provider_unknown =
        "No account here belongs to you there, and registration is closed. Ask the people who run this site.";
    std::string_view provider_other = "There you are somebody else than who is connected to this account.";
    std::string_view provider_signed_out =
        "You were signed out meanwhile, so nothing was connected. Sign in, and connect it again.";
    std::string_view provider_no_proof =
        "The other site does not show that you signed in there just now, so this does not count. Use your "
        "password if you have one, or sign out here and sign in again: that counts for ten minutes.";
    std::string_view provider_taken = "Who you are there is connected to another account here.";

    // Ways to sign in
    std::string_view identities_link = "Ways to sign in";
    std::string_view identities_link_lead =
        "Connect accounts that you have elsewhere, or take them off again.";
    std::string_view identities_title = "Ways to sign in";
    std::string_view no_identities = "No account from elsewhere is connected.";
    std::string_view connect = "Connect";
    std::string_view connect_lead = "Sign in with an account that you have elsewhere.";
    std::string_view disconnect = "Disconnect";
    std::string_view no_longer_offered = "No longer offered: nobody can sign in here with it.";
    std::string_view connected_at = "Connected";
    std::string_view identity_linked = "It is connected. You can sign in with it from now on.";
    std::string_view identity_linked_and_verified =
        "It is connected, and your e-mail address is proven. What was set up before that is gone: the "
        "password, API keys and every other session. Set a new password if you want one.";
    std::string_view identity_unlinked = "It is disconnected.";
    std::string_view last_way_in =
        "This is the only way into your account. Set a password or connect another account first.";
    std::string_view too_many_identities = "No more accounts can be connected. Disconnect one first.";
    std::string_view confirm_title = "Is it you?";
    std::string_view confirm = "Go on";
    std::string_view confirm_lead =
        "You signed in more than ten minutes ago. Please show again that it is you.";
    std::string_view confirm_with = "Confirm with";
    std::string_view confirm_by_new_sign_in =
        "Your way to sign in cannot show it here. Sign out and sign in again: that counts for ten minutes.";
    std::string_view confirm_by_nothing =
        "No way to sign in is left to you. Ask the people who run this site to set a password for you before "
        "you sign out.";

    std::string_view sign_in_failed = "The e-mail, user name or password is not right.";
    std::string_view email_invalid = "This is no e-mail address.";
    std::string_view username_invalid = "Use letters of one script, digits and punctuation, without spaces.";
    std::string_view name_invalid = "Use up to 100 visible characters on one line.";
    std::string_view login_taken = "That e-mail address or user name is taken.";
    std::string_view invitation_not_good =
        "The invitation is not good any more, or was made for somebody else.";

    // Account
    std::string_view account_title = "Your account";
    std::string_view email_address = "E-mail";
    std::string_view user_name = "User name";
    std::string_view display_name = "Name";
    std::string_view account_id = "Account id";
    std::string_view sessions_link = "Where you are signed in";
    std::string_view sessions_link_lead =
        "See every device with access to your account, and end what you do not know.";
    std::string_view password_link = "Change your password";
    std::string_view password_link_lead = "Changing it signs out every other device.";
    std::string_view sign_out = "Sign out";

    // Sessions
    std::string_view sessions_title = "Where you are signed in";
    std::string_view this_session = "You are here";
    std::string_view signed_in_at = "Signed in";
    std::string_view last_seen_at = "Last seen";
    std::string_view from_address = "from";
    std::string_view now = "now";
    std::string_view end_session = "End";
    std::string_view end_other_sessions = "End all other sessions";
    std::string_view end_other_sessions_lead = "Signs out every device but this one.";
    std::string_view session_ended = "The session was ended.";
    std::string_view other_sessions_ended = "All other sessions were ended.";

    // API keys
    std::string_view api_keys_link = "API keys";
    std::string_view api_keys_link_lead =
        "Let your programs in without your password, and shut them out again.";
    std::string_view api_keys_title = "API keys";
    std::string_view no_api_keys = "You have no API keys.";
    std::string_view api_key_name = "What it is for";
    std::string_view api_key_name_hint = "So that you know it again: the program, the machine.";
    std::string_view scopes = "Scopes";
    std::string_view scopes_optional = "Scopes (optional)";
    std::string_view scopes_hint =
        "What the key may do, in the words of the service that takes it, with spaces between.";
    std::string_view scopes_invalid =
        "Use up to 32 scopes of up to 64 plain characters, without quotes and backslashes.";
    std::string_view lifetime = "How long it is good";
    std::string_view for_30_days = "30 days";
    std::string_view for_90_days = "90 days";
    std::string_view for_a_year = "365 days";
    std::string_view until_revoked = "Until I revoke it";
    std::string_view make_api_key = "Make an API key";
    std::string_view make_api_key_lead = "Whoever holds the key acts in your name. Keep it like a password.";
    std::string_view new_api_key = "Your new API key";
    std::string_view copy_api_key = "Copy it now: it is not shown again.";
    std::string_view made_at = "Made";
    std::string_view last_used_at = "Last used";
    std::string_view never_used = "Never used";
    std::string_view expires_at = "Expires";
    std::string_view expired_at = "Expired";
    std::string_view does_not_expire = "Does not expire";
    std::string_view rotate_api_key = "Replace";
    std::string_view rotate_api_key_lead =
        "You get a new key of the same name, scopes and lifetime. "
        "The old one goes on for a while, so that you can change programs over.";
    std::string_view overlap = "How long the old key goes on";
    std::string_view no_overlap = "Not at all";
    std::string_view for_an_hour = "1 hour";
    std::string_view for_a_day = "1 day";
    std::string_view for_a_week = "7 days";
    std::string_view rotate_now = "Make the new key";
    std::string_view api_key_rotated_before = "That key was replaced before.";
    std::string_view api_key_gone = "There is no such key any more.";
    std::string_view revoke_api_key = "Revoke";
    std::string_view revoke_api_key_lead = "Programs that use this key are shut out at once.";
    std::string_view revoke_now = "Revoke the key";
    std::string_view api_key_revoked = "The API key was revoked.";
    std::string_view too_many_api_keys = "You have as many API keys as there may be. Revoke one first.";

    // Password
    std::string_view password_title = "Change your password";
    std::string_view first_password_title = "Set a password";
    std::string_view first_password_lead =
        "Your account has none: you sign in another way. With a password you can do both.";
    std::string_view set_password = "Set password";
    std::string_view password_set = "Your password is set.";
    std::string_view change_password = "Change password";
    std::string_view password_changed = "Your password was changed. Every other session was ended.";
    std::string_view current_password_wrong = "The current password is not right.";

    // Frame
    std::string_view skip_to_content = "Skip to content";
    std::string_view account = "Account";
    std::string_view reference = "Reference";
    std::string_view back_home = "Back to the start page";
};

/// The language of the pages.
inline constexpr Messages messages{};

}  // namespace cardea::identity
