// SPDX-License-Identifier: Apache-2.0
// What each code means over HTTP, and the sentence for the person: a table.
#include "cardea/web/problem.h"

namespace cardea::web {

using http::Status;

ProblemKind problem_kind(Errc code) noexcept {  // NOLINT(readability-function-size): a table
    // No default: the compiler then names a code that is missing here.
    switch (code) {
        case Errc::malformed:
            return {Status::bad_request, "That could not be read", "The request is malformed."};
        case Errc::too_large:
            return {
                Status::content_too_large, "That is too large", "That is larger than what is taken here."
            };
        case Errc::invalid:
            return {
                Status::unprocessable_content, "Please check what you entered", "Something is not acceptable."
            };
        case Errc::unsupported:
            return {Status::bad_request, "Not supported", "This is not supported here."};
        case Errc::not_found:
            return {Status::not_found, "Nothing here", "There is nothing at this address."};
        case Errc::conflict:
            return {Status::conflict, "Taken or changed", "It is taken already, or was changed meanwhile."};
        case Errc::credentials_wrong:
            return {Status::unauthorized, "That did not match", "The name or the password is not right."};
        case Errc::account_disabled:
            return {Status::forbidden, "Account disabled", "This account may not sign in."};
        case Errc::unauthenticated:
            return {Status::unauthorized, "Please sign in", "Only signed-in people can see this."};
        case Errc::step_up_required:
            return {Status::unauthorized, "Please sign in again", "This needs a fresh sign-in."};
        case Errc::forbidden:
            return {Status::forbidden, "Not allowed", "You may not do this."};
        case Errc::ambiguous_credentials:
            return {
                Status::bad_request,
                "Two credentials at once",
                "Send one of a cookie, an Authorization header and an X-API-Key header."
            };
        case Errc::api_key_malformed:
            return {
                Status::unauthorized,
                "API key mistyped",
                "This is no API key: a character is wrong or missing."
            };
        case Errc::api_key_unknown:
            return {
                Status::unauthorized, "API key not known", "There is no such API key, or it was revoked."
            };
        case Errc::api_key_expired:
            return {Status::unauthorized, "API key expired", "This API key has ended. Make a new one."};
        case Errc::password_too_short:
            return {Status::unprocessable_content, "Password too short", "Please choose a longer password."};
        case Errc::password_too_long:
            return {Status::unprocessable_content, "Password too long", "Please choose a shorter password."};
        case Errc::password_too_simple:
            return {
                Status::unprocessable_content,
                "Password too simple",
                "Please use upper case, lower case, a digit and another character."
            };
        case Errc::password_blocked:
            return {
                Status::unprocessable_content,
                "Password too easy to guess",
                "Please choose a password that is harder to guess."
            };
        case Errc::csrf_rejected:
            return {
                Status::forbidden,
                "Please try that again",
                "The request did not come from a page of this site, or the page was too old."
            };
        case Errc::rate_limited:
            return {
                Status::too_many_requests, "Too many tries", "Please wait a little before you try again."
            };
        case Errc::unsupported_media_type:
            return {
                Status::unsupported_media_type, "Wrong content type", "This content type is not taken here."
            };
        case Errc::method_not_allowed:
            return {
                Status::method_not_allowed, "Not done that way", "This address does not take that method."
            };
        case Errc::too_slow:
            return {Status::request_timeout, "That took too long", "The request took too long to arrive."};
        case Errc::authorization_denied:
            return {
                Status::forbidden,
                "You were not signed in",
                "The other site did not let you in, or you said no."
            };
        case Errc::expired:
        case Errc::replayed:
        case Errc::grant_invalid:
        case Errc::signature_invalid:
            return {Status::bad_request, "This has expired", "It is not valid any more. Please start again."};
        case Errc::busy:
        case Errc::store_unavailable:
        case Errc::upstream_unavailable:
        case Errc::destination_refused:
            return {Status::service_unavailable, "Not available just now", "Please try again in a moment."};
        case Errc::store_corrupt:
        case Errc::io:
        case Errc::config:
        case Errc::internal:
            break;
    }
    return {
        Status::internal_server_error, "Something went wrong", "This is our mistake. Please try again later."
    };
}

}  // namespace cardea::web
