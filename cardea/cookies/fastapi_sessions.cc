// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/fastapi_sessions.h"

#include "cardea/base/hex.h"

namespace cardea::cookies {

FastapiSessionsCookie::FastapiSessionsCookie(const SecretKeys& secrets, std::string_view cookie_name)
    : serializer_(secrets, {.salt = std::string(cookie_name)}) {}

std::string FastapiSessionsCookie::encode(const Uuid& id, Time now) const {
    return serializer_.dumps(Json(hex_encode(id)), now);
}

Result<TimedUuid> FastapiSessionsCookie::decode(std::string_view cookie, Time now, MaxAge max_age) const {
    Result<TimedJson> timed = serializer_.loads(cookie, now, max_age);
    if (!timed) {
        return propagate(timed);
    }
    TimedUuid id{.id = {}, .signed_at = timed->signed_at};
    if (!hex_decode(timed->value.as_text().value_or(""), id.id)) {
        return fail(Errc::malformed, "session id");
    }
    return id;
}

}  // namespace cardea::cookies
