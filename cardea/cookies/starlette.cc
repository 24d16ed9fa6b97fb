// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/starlette.h"

#include "cardea/base/base64url.h"
#include "cardea/cookies/detail/payload.h"
#include "cardea/cookies/python_json.h"

namespace cardea::cookies {

Result<std::string> StarletteSession::encode(const Json& session, Time now) const {
    if (!session.is_object()) {
        return fail(Errc::invalid, "a session is a JSON object");
    }
    const std::string json = to_python_json(session);
    return signer_.sign(base64_encode(as_bytes(json)), now);
}

Result<TimedJson> StarletteSession::decode(std::string_view cookie, Time now, MaxAge max_age) const {
    Result<TimedValue> timed = signer_.unsign(cookie, now, max_age);
    if (!timed) {
        return propagate(timed);
    }
    Result<Bytes> json = base64_decode(timed->value);
    if (!json) {
        return propagate(json);
    }
    Result<Json> session = detail::parse_payload(as_text(*json));
    if (!session) {
        return propagate(session);
    }
    if (!session->is_object()) {
        return fail(Errc::malformed, "a session that is no JSON object");
    }
    return TimedJson{std::move(*session), timed->signed_at};
}

}  // namespace cardea::cookies
