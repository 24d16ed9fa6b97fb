// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask.h"

namespace cardea::cookies {
namespace {

bool is_session(const Json& json) {
    return json.is_object() && has_valid_flask_tags(json);
}

}  // namespace

FlaskSession::FlaskSession(const SecretKeys& secrets)
    : serializer_(
          secrets,
          {.salt = "cookie-session", .key_derivation = KeyDerivation::hmac},
          {.spacing = PythonJsonStyle::Spacing::compact, .key_order = PythonJsonStyle::KeyOrder::sorted}
      ) {}

Result<std::string> FlaskSession::encode(const Json& session, Time now) const {
    if (!is_session(session)) {
        return fail(Errc::invalid, "a session is a JSON object, tagged as Flask does");
    }
    return serializer_.dumps(session, now);
}

Result<TimedJson> FlaskSession::decode(std::string_view cookie, Time now, MaxAge max_age) const {
    Result<TimedJson> timed = serializer_.loads(cookie, now, max_age);
    if (timed && !is_session(timed->value)) {
        return fail(Errc::malformed, "flask session");
    }
    return timed;
}

}  // namespace cardea::cookies
