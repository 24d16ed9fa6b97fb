// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/session_text.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/session/data.h"

namespace cardea::web {
namespace {

constexpr crypto::Purpose seal_purpose("web/session-sealed");
constexpr crypto::Purpose sign_purpose("web/session-signed");

/// Those of a store, but for the length, which is the cookie's to say.
constexpr JsonLimits limits{.depth = session::data_limits.depth, .members = session::data_limits.members};

std::string to_text(const SessionText& session) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("id", session.id);
    json.member("created", session.created_at.time_since_epoch().count());
    json.member("seen", session.last_seen_at.time_since_epoch().count());
    json.member("content", session.content).end_object();
    return text;
}

Result<SessionText> from_text(std::string_view text) {
    const Result<Json> json = parse_json(text, limits);
    if (!json) {
        return fail(json.error().code, json.error().context);
    }
    const Json& root = *json;
    const std::optional<std::string_view> id = root.find_text("id");
    const Json* created = root.find("created");
    const Json* seen = root.find("seen");
    const Json* content = root.find("content");
    if (!id || created == nullptr || seen == nullptr || content == nullptr || !content->is_object()) {
        return fail(Errc::malformed, "session cookie");
    }
    return SessionText{
        .id = std::string(*id),
        .created_at = Time(Duration(created->as_integer().value_or(0))),
        .last_seen_at = Time(Duration(seen->as_integer().value_or(0))),
        .content = *content,
    };
}

}  // namespace

Result<std::string> SessionTextCodec::write(const SessionText& session, Random& random) const {
    const std::string plain = to_text(session);
    if (Result<SessionText> readable = from_text(plain); !readable) {
        return propagate(readable);
    }
    if (protection_ == CookieProtection::sealed) {
        return keyring_.seal(seal_purpose, as_bytes(plain), as_bytes(cookie_name_), random);
    }
    std::string text = base64url_encode(as_bytes(plain));
    const crypto::Mac mac = keyring_.mac(sign_purpose, as_bytes(cookie_name_ + "=" + text));
    return text.append(".").append(base64url_encode(mac));
}

Result<SecretText> SessionTextCodec::open(std::string_view text) const {
    if (protection_ == CookieProtection::sealed) {
        return keyring_.open(seal_purpose, text, as_bytes(cookie_name_));
    }
    const std::size_t dot = text.find('.');
    crypto::Mac mac{};
    if (dot == std::string_view::npos || !base64url_decode(text.substr(dot + 1), mac)) {
        return fail(Errc::malformed, "session cookie");
    }
    const std::string_view payload = text.substr(0, dot);
    const std::string message = cookie_name_ + "=" + std::string(payload);
    if (Result<crypto::KeyId> key = keyring_.verify_mac(sign_purpose, as_bytes(message), mac); !key) {
        return propagate(key);
    }
    Result<Bytes> plain = base64url_decode(payload);
    if (!plain) {
        return propagate(plain);
    }
    return SecretText(as_text(*plain));
}

Result<SessionText> SessionTextCodec::read(std::string_view text, Time /*now*/) const {
    const Result<SecretText> plain = open(text);
    if (!plain) {
        return fail(plain.error().code, "session cookie");
    }
    return from_text(plain->expose());
}

}  // namespace cardea::web
