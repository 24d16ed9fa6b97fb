// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/pyview.h"

#include "cardea/base/bytes.h"

namespace cardea::cookies {

PyviewTokens::PyviewTokens(const SecretKeys& secrets)
    : sessions_(secrets, {.salt = "pyview-session"}), csrf_(secrets, {.salt = "pyview-csrf-token"}) {}

Result<std::string> PyviewTokens::encode_session(const Json& session) const {
    if (!session.is_object()) {
        return fail(Errc::invalid, "a session is a JSON object");
    }
    return sessions_.dumps(session);
}

Result<Json> PyviewTokens::decode_session(std::string_view token) const {
    Result<Json> session = sessions_.loads(token);
    if (session && !session->is_object()) {
        return fail(Errc::malformed, "a session that is no JSON object");
    }
    return session;
}

std::string PyviewTokens::make_csrf(std::string_view topic, Time now) const {
    return csrf_.dumps(Json(std::string(topic)), now);
}

Result<> PyviewTokens::verify_csrf(std::string_view topic, std::string_view token, Time now) const {
    const Result<TimedJson> timed = csrf_.loads(token, now, csrf_max_age);
    if (!timed) {
        return fail(Errc::csrf_rejected, std::string(name(timed.error().code)));
    }
    const std::string_view signed_topic = timed->value.as_text().value_or("");
    if (!constant_time_equal(as_bytes(signed_topic), as_bytes(topic))) {
        return fail(Errc::csrf_rejected, "token of another topic");
    }
    return {};
}

}  // namespace cardea::cookies
