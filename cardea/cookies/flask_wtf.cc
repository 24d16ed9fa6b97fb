// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask_wtf.h"

#include "cardea/base/hex.h"

namespace cardea::cookies {

FlaskWtfToken::FlaskWtfToken(const SecretKeys& secrets) : serializer_(secrets, {.salt = "wtf-csrf-token"}) {}

std::string FlaskWtfToken::make_session_value(Random& random) {
    return hex_encode(random.bytes<20>());
}

std::string FlaskWtfToken::make(std::string_view session_value, Time now) const {
    return serializer_.dumps(Json(std::string(session_value)), now);
}

Result<> FlaskWtfToken::verify(
    std::string_view session_value, std::string_view token, Time now, MaxAge max_age
) const {
    if (token.empty()) {
        return fail(Errc::csrf_rejected, "The CSRF token is missing.");
    }
    if (session_value.empty()) {
        return fail(Errc::csrf_rejected, "The CSRF session token is missing.");
    }
    const Result<TimedJson> timed = serializer_.loads(token, now, max_age);
    if (!timed) {
        return fail(
            Errc::csrf_rejected,
            timed.error().code == Errc::expired ? "The CSRF token has expired." : "The CSRF token is invalid."
        );
    }
    const std::string_view signed_value = timed->value.as_text().value_or("");
    if (!constant_time_equal(as_bytes(signed_value), as_bytes(session_value))) {
        return fail(Errc::csrf_rejected, "The CSRF tokens do not match.");
    }
    return {};
}

}  // namespace cardea::cookies
