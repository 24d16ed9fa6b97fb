// SPDX-License-Identifier: Apache-2.0
// The route table of the API, with the words and schemas that /openapi.json shows.
#include "cardea/identity/api/api.h"
#include "cardea/identity/api/schemas.h"

namespace cardea::identity {

using http::Status;

namespace {

constexpr std::string_view accounts_tag = "Accounts";
constexpr std::string_view sessions_tag = "Sessions";
constexpr std::string_view api_keys_tag = "API keys";
constexpr std::string_view identities_tag = "Identities";

constexpr std::string_view too_many_tries = "Too many tries; see Retry-After.";
constexpr std::string_view too_many_at_once = "Too many sign-ins at once; see Retry-After.";
constexpr std::string_view too_many_keys = "Too many new keys within a minute; see Retry-After.";
constexpr std::string_view needs_fresh_sign_in =
    "Nobody is signed in, or the sign-in is too old for this (code step_up_required).";

void add_schemas(web::App& app) {
    for (const NamedSchema& schema : api_schemas) {
        app.schema(std::string(schema.name), std::string(schema.json));
    }
}

}  // namespace

void Api::add_routes(web::App& app) {
    add_schemas(app);
    add_account_routes(app);
    add_session_routes(app);
    add_api_key_routes(app);
    add_identity_routes(app);
}

void Api::add_account_routes(web::App& app) {
    app.post("/api/v1/register", [this](web::Request& request) { return register_account(request); })
        .tag(std::string(accounts_tag))
        .operation_id("registerAccount")
        .summary("Register an account. Does not sign in.")
        .takes("Registration")
        .answers(Status::created, "The account was made.", "Registered")
        .answers(Status::conflict, "The e-mail address or user name is taken.")
        .answers(Status::forbidden, "Registration is closed, or the invitation is not good.")
        .answers(Status::unprocessable_content, "Fields are missing or not acceptable.")
        .answers(Status::too_many_requests, std::string(too_many_tries))
        .answers(Status::service_unavailable, std::string(too_many_at_once));
    app.post(
           "/api/v1/password",
           web::requires_account_session(),
           [this](web::Request& request) { return change_password(request); }
    )
        .tag(std::string(accounts_tag))
        .operation_id("changePassword")
        .summary("Change the password. Ends every other session and renews this one.")
        .takes("PasswordChange")
        .answers(Status::no_content, "Changed; the cookie was renewed.")
        .answer_header("Set-Cookie", "cardea-session, renewed.")
        .answers(Status::ok, "Changed; the new bearer token.", "BearerToken")
        .answers(Status::unprocessable_content, "A password is not right or not acceptable.")
        .answers(Status::too_many_requests, std::string(too_many_tries))
        .answers(Status::service_unavailable, std::string(too_many_at_once));
}

void Api::add_session_routes(web::App& app) {
    app.post("/api/v1/login", [this](web::Request& request) { return sign_in(request); })
        .tag(std::string(sessions_tag))
        .operation_id("signIn")
        .summary("Sign in with a password. Sets the cookie, or returns a bearer token.")
        .takes("SignIn")
        .answers(Status::ok, "Signed in.", "SignedIn")
        .answer_header("Set-Cookie", "With a cookie: cardea-session and cardea-device.")
        .answers(Status::unauthorized, "The name or the password is not right.")
        .answers(Status::unprocessable_content, "Fields are missing.")
        .answers(Status::too_many_requests, std::string(too_many_tries))
        .answers(Status::service_unavailable, std::string(too_many_at_once));
    app.post("/api/v1/logout", [this](web::Request& request) { return sign_out(request); })
        .accepts_headerless_clients()  // signing out twice, or with a token that has ended, is no error
        .tag(std::string(sessions_tag))
        .operation_id("signOut")
        .summary("Sign out. No session is no error.")
        .answers(Status::no_content, "Nobody is signed in any more.")
        .answer_header("Set-Cookie", "cardea-session, which ends with it.");
    app.get(
           "/api/v1/session",
           web::requires_account_session_or_api_key(),
           [this](web::Request& request) { return show_session(request); }
    )
        .tag(std::string(sessions_tag))
        .operation_id("getSession")
        .summary("Whose session, or whose API key, is this?")
        .answers(Status::ok, "The user and the session, or the user and the API key.", "Caller");
    app.get(
           "/api/v1/sessions",
           web::requires_account_session(),
           [this](web::Request& request) { return list_sessions(request); }
    )
        .tag(std::string(sessions_tag))
        .operation_id("listSessions")
        .summary("Where the user is signed in, newest first.")
        .answers(Status::ok, "The live sessions.", "Sessions");
    app.delete_(
           "/api/v1/sessions/{id}",
           web::requires_account_session(),
           [this](web::Request& request) { return end_session(request); }
    )
        .tag(std::string(sessions_tag))
        .operation_id("endSession")
        .summary("End one of the user's sessions, at once and everywhere.")
        .answers(Status::no_content, "Ended.")
        .answers(Status::not_found, "The user has no such session.");
    app.delete_(
           "/api/v1/sessions",
           web::requires_account_session(),
           [this](web::Request& request) { return end_other_sessions(request); }
    )
        .tag(std::string(sessions_tag))
        .operation_id("endOtherSessions")
        .summary("End all other sessions. Asks for a fresh sign-in after ten minutes.")
        .answers(Status::no_content, "Only this session is left.")
        .answers(Status::unauthorized, std::string(needs_fresh_sign_in));
}

void Api::add_api_key_routes(web::App& app) {
    app.get(
           "/api/v1/api-keys",
           web::requires_account_session(),
           [this](web::Request& request) { return list_api_keys(request); }
    )
        .tag(std::string(api_keys_tag))
        .operation_id("listApiKeys")
        .summary("The user's API keys, newest first; expired ones for 30 days.")
        .answers(Status::ok, "The keys, without their text.", "ApiKeys");
    app.post(
           "/api/v1/api-keys",
           web::requires_account_session(),
           [this](web::Request& request) { return issue_api_key(request); }
    )
        .tag(std::string(api_keys_tag))
        .operation_id("issueApiKey")
        .summary("Make an API key. Asks for a fresh sign-in after ten minutes.")
        .takes("NewApiKey")
        .answers(Status::created, "The key, which is shown this once.", "IssuedApiKey")
        .answers(Status::unauthorized, std::string(needs_fresh_sign_in))
        .answers(Status::forbidden, "API keys make no API keys.")
        .answers(Status::conflict, "The user has as many keys as there may be.")
        .answers(Status::unprocessable_content, "Fields are missing or not acceptable.")
        .answers(Status::too_many_requests, std::string(too_many_keys));
    app.post(
           "/api/v1/api-keys/{id}/rotate",
           web::requires_account_session(),
           [this](web::Request& request) { return rotate_api_key(request); }
    )
        .tag(std::string(api_keys_tag))
        .operation_id("rotateApiKey")
        .summary(
            "Make a key in place of one that goes on for a while. Asks for a fresh sign-in after ten minutes."
        )
        .takes("ApiKeyRotation")
        .answers(Status::created, "The new key, which is shown this once.", "IssuedApiKey")
        .answers(Status::unauthorized, std::string(needs_fresh_sign_in))
        .answers(Status::not_found, "The user has no such key.")
        .answers(Status::conflict, "It was rotated before, or the user has as many keys as there may be.")
        .answers(Status::unprocessable_content, "The overlap is not acceptable.")
        .answers(Status::too_many_requests, std::string(too_many_keys));
    app.delete_(
           "/api/v1/api-keys/{id}",
           web::requires_account_session(),
           [this](web::Request& request) { return revoke_api_key(request); }
    )
        .tag(std::string(api_keys_tag))
        .operation_id("revokeApiKey")
        .summary("Revoke an API key, at once and everywhere.")
        .answers(Status::no_content, "Revoked.")
        .answers(Status::not_found, "The user has no such key.");
}

void Api::add_identity_routes(web::App& app) {
    app.get(
           "/api/v1/identities",
           web::requires_account_session(),
           [this](web::Request& request) { return list_identities(request); }
    )
        .tag(std::string(identities_tag))
        .operation_id("listIdentities")
        .summary("Who signs in to the user's account by a provider, the oldest first.")
        .answers(Status::ok, "The identities.", "Identities");
    app.delete_(
           "/api/v1/identities/{id}",
           web::requires_account_session(),
           [this](web::Request& request) { return unlink_identity(request); }
    )
        .tag(std::string(identities_tag))
        .operation_id("unlinkIdentity")
        .summary("Take an identity off the account. Asks for a fresh sign-in after ten minutes.")
        .answers(Status::no_content, "It signs in no more.")
        .answers(Status::unauthorized, std::string(needs_fresh_sign_in))
        .answers(Status::not_found, "The user has no such identity.")
        .answers(Status::conflict, "It is the only way into the account.");
}

}  // namespace cardea::identity
