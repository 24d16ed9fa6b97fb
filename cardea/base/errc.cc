// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/errc.h"

namespace cardea {

// NOLINTNEXTLINE(readability-function-size): a table
std::string_view name(Errc code) noexcept {
    // No default: the compiler then names a code that is missing here.
    switch (code) {
        case Errc::malformed:
            return "malformed";
        case Errc::too_large:
            return "too_large";
        case Errc::invalid:
            return "invalid";
        case Errc::unsupported:
            return "unsupported";
        case Errc::not_found:
            return "not_found";
        case Errc::conflict:
            return "conflict";
        case Errc::store_unavailable:
            return "store_unavailable";
        case Errc::store_corrupt:
            return "store_corrupt";
        case Errc::credentials_wrong:
            return "credentials_wrong";
        case Errc::account_disabled:
            return "account_disabled";
        case Errc::unauthenticated:
            return "unauthenticated";
        case Errc::forbidden:
            return "forbidden";
        case Errc::expired:
            return "expired";
        case Errc::replayed:
            return "replayed";
        case Errc::signature_invalid:
            return "signature_invalid";
        case Errc::step_up_required:
            return "step_up_required";
        case Errc::ambiguous_credentials:
            return "ambiguous_credentials";
        case Errc::api_key_malformed:
            return "api_key_malformed";
        case Errc::api_key_unknown:
            return "api_key_unknown";
        case Errc::api_key_expired:
            return "api_key_expired";
        case Errc::password_too_short:
            return "password_too_short";
        case Errc::password_too_long:
            return "password_too_long";
        case Errc::password_too_simple:
            return "password_too_simple";
        case Errc::password_blocked:
            return "password_blocked";
        case Errc::csrf_rejected:
            return "csrf_rejected";
        case Errc::rate_limited:
            return "rate_limited";
        case Errc::busy:
            return "busy";
        case Errc::unsupported_media_type:
            return "unsupported_media_type";
        case Errc::method_not_allowed:
            return "method_not_allowed";
        case Errc::too_slow:
            return "too_slow";
        case Errc::upstream_unavailable:
            return "upstream_unavailable";
        case Errc::destination_refused:
            return "destination_refused";
        case Errc::authorization_denied:
            return "authorization_denied";
        case Errc::grant_invalid:
            return "grant_invalid";
        case Errc::io:
            return "io";
        case Errc::config:
            return "config";
        case Errc::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace cardea
