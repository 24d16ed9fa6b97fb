// SPDX-License-Identifier: Apache-2.0
#include "server/commands/cookie_formats.h"

#include "cardea/base/hex.h"
#include "cardea/cookies/django.h"
#include "cardea/cookies/fastapi_sessions.h"
#include "cardea/cookies/flask.h"
#include "cardea/cookies/flask_wtf.h"
#include "cardea/cookies/pyview.h"
#include "cardea/cookies/signed_value.h"
#include "cardea/cookies/starlette.h"
#include "cardea/cookies/url_safe.h"
#include "cardea/crypto/keyring.h"

#include <array>

namespace cardea::server {
namespace {

using cookies::FlaskSession;
using cookies::MaxAge;
using cookies::SecretKeys;
using cookies::StarletteSession;
using cookies::TimedJson;

std::string label_or(const CookieRequest& request, std::string_view fallback) {
    return std::string(request.label.empty() ? fallback : request.label);
}

MaxAge max_age_or(const CookieRequest& request, MaxAge fallback) {
    return request.max_age ? request.max_age : fallback;
}

Result<CookieContent> to_content(Result<TimedJson> timed) {
    if (!timed) {
        return propagate(timed);
    }
    return CookieContent{std::move(timed->value), timed->signed_at, {}};
}

Result<Time> end_of(const CookieRequest& request) {
    if (!request.max_age) {
        return fail(Errc::config, "--max-age: say how many seconds the value is good for");
    }
    return request.now + *request.max_age;
}

Result<crypto::Keyring> own_keyring(const CookieRequest& request) {
    if (request.label.empty()) {
        return fail(Errc::config, "--purpose: say what the value is for, such as \"cart\"");
    }
    return crypto::Keyring::parse(request.secrets);
}

/// A value of ours says itself when it ends.
Result<crypto::Keyring> keyring_to_verify(const CookieRequest& request) {
    if (request.max_age) {
        return fail(Errc::config, "--max-age: this format carries its end; give it when signing");
    }
    return own_keyring(request);
}

Result<std::string> sign_own(const CookieRequest& request) {
    Result<crypto::Keyring> keyring = own_keyring(request);
    Result<Time> end = end_of(request);
    if (!keyring) {
        return propagate(keyring);
    }
    if (!end) {
        return propagate(end);
    }
    return cookies::SignedValues(*keyring, request.label).sign(request.input, *end);
}

Result<CookieContent> verify_own(const CookieRequest& request) {
    Result<crypto::Keyring> keyring = keyring_to_verify(request);
    if (!keyring) {
        return propagate(keyring);
    }
    Result<cookies::VerifiedValue> value =
        cookies::SignedValues(*keyring, request.label).verify(request.input, request.now);
    if (!value) {
        return propagate(value);
    }
    return CookieContent{Json(std::move(value->payload)), {}, value->expires_at};
}

Result<std::string> seal_own(const CookieRequest& request) {
    Result<crypto::Keyring> keyring = own_keyring(request);
    Result<Time> end = end_of(request);
    if (!keyring) {
        return propagate(keyring);
    }
    if (!end) {
        return propagate(end);
    }
    return cookies::SealedValues(*keyring, request.label).seal(request.input, *end, request.random);
}

Result<CookieContent> open_own(const CookieRequest& request) {
    Result<crypto::Keyring> keyring = keyring_to_verify(request);
    if (!keyring) {
        return propagate(keyring);
    }
    const Result<cookies::OpenedValue> value =
        cookies::SealedValues(*keyring, request.label).open(request.input, request.now);
    if (!value) {
        return std::unexpected(value.error());
    }
    return CookieContent{Json(std::string(value->payload.expose())), {}, value->expires_at};
}

/// Reads the secrets for a function that works with them.
template <auto Function>
auto with_secrets(const CookieRequest& request) -> decltype(Function(std::declval<SecretKeys>(), request)) {
    Result<SecretKeys> secrets = SecretKeys::parse(request.secrets);
    if (!secrets) {
        return propagate(secrets);
    }
    return Function(*secrets, request);
}

/// And the value, for one that signs JSON.
template <auto Function>
Result<std::string> with_json(const SecretKeys& secrets, const CookieRequest& request) {
    Result<Json> value = parse_json(request.input);
    if (!value) {
        return propagate(value);
    }
    return Function(secrets, *value, request);
}

cookies::UrlSafeTimedSerializer serializer_for(const SecretKeys& secrets, const CookieRequest& request) {
    return {secrets, {.salt = label_or(request, "itsdangerous")}};
}

Result<std::string> sign_itsdangerous(
    const SecretKeys& secrets, const Json& value, const CookieRequest& request
) {
    return serializer_for(secrets, request).dumps(value, request.now);
}

Result<CookieContent> verify_itsdangerous(const SecretKeys& secrets, const CookieRequest& request) {
    return to_content(serializer_for(secrets, request).loads(request.input, request.now, request.max_age));
}

template <class Session>
Result<std::string> sign_session(const SecretKeys& secrets, const Json& value, const CookieRequest& request) {
    return Session(secrets).encode(value, request.now);
}

template <class Session>
Result<CookieContent> verify_session(const SecretKeys& secrets, const CookieRequest& request) {
    const MaxAge max_age = max_age_or(request, Session::default_max_age);
    return to_content(Session(secrets).decode(request.input, request.now, max_age));
}

cookies::FastapiSessionsCookie fastapi_codec(const SecretKeys& secrets, const CookieRequest& request) {
    return {secrets, label_or(request, "session_id")};
}

Result<std::string> sign_fastapi_sessions(const SecretKeys& secrets, const CookieRequest& request) {
    cookies::Uuid id{};
    if (!hex_decode(request.input, id)) {
        return fail(Errc::malformed, "a session id is 32 lower-case hexadecimal digits");
    }
    return fastapi_codec(secrets, request).encode(id, request.now);
}

Result<CookieContent> verify_fastapi_sessions(const SecretKeys& secrets, const CookieRequest& request) {
    const MaxAge max_age = max_age_or(request, cookies::FastapiSessionsCookie::default_max_age);
    Result<cookies::TimedUuid> id =
        fastapi_codec(secrets, request).decode(request.input, request.now, max_age);
    if (!id) {
        return propagate(id);
    }
    return CookieContent{Json(hex_encode(id->id)), id->signed_at, {}};
}

Result<std::string> sign_pyview(const SecretKeys& secrets, const Json& value, const CookieRequest&) {
    return cookies::PyviewTokens(secrets).encode_session(value);
}

Result<CookieContent> verify_pyview(const SecretKeys& secrets, const CookieRequest& request) {
    if (request.max_age) {
        return fail(Errc::config, "--max-age: PyView's session token does not say when it was signed");
    }
    Result<Json> session = cookies::PyviewTokens(secrets).decode_session(request.input);
    if (!session) {
        return propagate(session);
    }
    return CookieContent{std::move(*session), {}, {}};
}

/// The two CSRF tokens sign one text each; the commands show it, programs compare it with their own.
template <const char* Salt>
cookies::UrlSafeTimedSerializer csrf_serializer(const SecretKeys& secrets) {
    return {secrets, {.salt = Salt}};
}

template <const char* Salt>
Result<std::string> sign_csrf(const SecretKeys& secrets, const CookieRequest& request) {
    return csrf_serializer<Salt>(secrets).dumps(Json(std::string(request.input)), request.now);
}

template <const char* Salt>
Result<CookieContent> verify_csrf(const SecretKeys& secrets, const CookieRequest& request) {
    const MaxAge max_age = max_age_or(request, cookies::FlaskWtfToken::default_max_age);
    return to_content(csrf_serializer<Salt>(secrets).loads(request.input, request.now, max_age));
}

cookies::DjangoSigning django_codec(const SecretKeys& secrets, const CookieRequest& request) {
    return cookies::DjangoSigning(secrets, label_or(request, cookies::DjangoSigning::default_salt));
}

Result<std::string> sign_django(const SecretKeys& secrets, const Json& value, const CookieRequest& request) {
    return django_codec(secrets, request).dumps(value, request.now);
}

Result<CookieContent> verify_django(const SecretKeys& secrets, const CookieRequest& request) {
    return to_content(django_codec(secrets, request).loads(request.input, request.now, request.max_age));
}

constexpr char flask_wtf_salt[] = "wtf-csrf-token";
constexpr char pyview_csrf_salt[] = "pyview-csrf-token";

/// A row for a format that signs JSON.
template <auto Sign, auto Verify>
constexpr CookieFormat json_format(std::string_view name, std::string_view label) {
    return {name, label, with_secrets<with_json<Sign>>, with_secrets<Verify>, true};
}

/// A row for a format that signs a text.
template <auto Sign, auto Verify>
constexpr CookieFormat text_format(std::string_view name, std::string_view label) {
    return {name, label, with_secrets<Sign>, with_secrets<Verify>, true};
}

constexpr std::array formats{
    CookieFormat{"cardea", "purpose", sign_own, verify_own, false},
    CookieFormat{"cardea-sealed", "purpose", seal_own, open_own, false},
    json_format<sign_itsdangerous, verify_itsdangerous>("itsdangerous", "salt"),
    json_format<sign_session<StarletteSession>, verify_session<StarletteSession>>("starlette", ""),
    json_format<sign_session<FlaskSession>, verify_session<FlaskSession>>("flask", ""),
    text_format<sign_csrf<flask_wtf_salt>, verify_csrf<flask_wtf_salt>>("flask-wtf", ""),
    text_format<sign_fastapi_sessions, verify_fastapi_sessions>("fastapi-sessions", "name"),
    json_format<sign_pyview, verify_pyview>("pyview", ""),
    text_format<sign_csrf<pyview_csrf_salt>, verify_csrf<pyview_csrf_salt>>("pyview-csrf", ""),
    json_format<sign_django, verify_django>("django", "salt"),
};

}  // namespace

std::span<const CookieFormat> cookie_formats() noexcept {
    return formats;
}

}  // namespace cardea::server
