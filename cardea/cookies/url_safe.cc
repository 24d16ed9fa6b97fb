// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/url_safe.h"

#include "cardea/cookies/detail/payload.h"

namespace cardea::cookies {

std::string UrlSafeSerializer::dumps(const Json& value) const {
    return signer_.sign(detail::encode_payload(to_python_json(value, UrlSafeTimedSerializer::compact_utf8)));
}

Result<Json> UrlSafeSerializer::loads(std::string_view text) const {
    Result<std::string_view> payload = signer_.unsign(text);
    if (!payload) {
        return propagate(payload);
    }
    return detail::decode_payload(*payload);
}

std::string UrlSafeTimedSerializer::dumps(const Json& value, Time now) const {
    return signer_.sign(detail::encode_payload(to_python_json(value, style_)), now);
}

Result<TimedJson> UrlSafeTimedSerializer::loads(std::string_view text, Time now, MaxAge max_age) const {
    Result<TimedValue> timed = signer_.unsign(text, now, max_age);
    if (!timed) {
        return propagate(timed);
    }
    Result<Json> value = detail::decode_payload(timed->value);
    if (!value) {
        return propagate(value);
    }
    return TimedJson{std::move(*value), timed->signed_at};
}

}  // namespace cardea::cookies
