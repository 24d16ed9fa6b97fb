// SPDX-License-Identifier: Apache-2.0
// Values that the real libraries made: itsdangerous 2.1.2, Starlette 0.26.1, Flask 2.2.2, Flask-WTF 1.1.1 and
// Django 3.2.25 at 2023-11-14 22:13:20 UTC.
#include "tests/support/vectors.h"

#include "cardea/base/hex.h"
#include "cardea/cookies/django.h"
#include "cardea/cookies/flask.h"
#include "cardea/cookies/flask_wtf.h"
#include "cardea/cookies/shared_cookie.h"
#include "cardea/cookies/starlette.h"
#include "cardea/cookies/url_safe.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <map>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;

std::string text(const Json& sample, std::string_view name) {
    return std::string(sample.find_text(name).value());
}

SecretKeys secrets_of(const Json& sample) {
    return SecretKeys::make(text(sample, "secret")).value();
}

// The text with another character in the middle of each part that a dot or colon ends.
std::vector<std::string> spoil(const std::string& signed_text) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < signed_text.size(); i += 5) {
        all.push_back(signed_text);
        all.back()[i] = signed_text[i] == 'A' ? 'B' : 'A';
    }
    return all;
}

void check_signer(const Json& sample) {
    const std::map<std::string, KeyDerivation> derivations{
        {"none", KeyDerivation::none},
        {"concat", KeyDerivation::concat},
        {"django-concat", KeyDerivation::django_concat},
        {"hmac", KeyDerivation::hmac}
    };
    const std::map<std::string, crypto::HashAlgorithm> digests{
        {"sha1", crypto::HashAlgorithm::sha1},
        {"sha256", crypto::HashAlgorithm::sha256},
        {"sha512", crypto::HashAlgorithm::sha512}
    };
    const ItsdangerousSigner signer(
        secrets_of(sample),
        {.salt = text(sample, "salt"),
         .key_derivation = derivations.at(text(sample, "key_derivation")),
         .digest = digests.at(text(sample, "digest"))}
    );

    EXPECT_EQ(signer.sign(text(sample, "value")), text(sample, "signed"));
    EXPECT_EQ(signer.unsign(text(sample, "signed")).value(), text(sample, "value"));
    for (const std::string& spoilt : spoil(text(sample, "signed"))) {
        EXPECT_FALSE(signer.unsign(spoilt)) << spoilt;
    }
}

void check_timestamp_signer(const Json& sample) {
    const TimestampSigner signer(secrets_of(sample), {.salt = text(sample, "salt")});

    EXPECT_EQ(signer.sign(text(sample, "value"), now), text(sample, "signed"));
    EXPECT_EQ(signer.unsign(text(sample, "signed"), now, seconds(0))->value, text(sample, "value"));
    EXPECT_FALSE(signer.unsign(text(sample, "signed"), now + seconds(61), seconds(60)));
}

void check_rotation(const Json& sample) {
    const Json& old_first = *sample.find("secrets_oldest_first");
    const std::array<std::string_view, 1> older{old_first.items()[0].as_text().value()};
    const TimestampSigner signer(SecretKeys::make(old_first.items()[1].as_text().value(), older).value());

    EXPECT_EQ(signer.sign(text(sample, "value"), now), text(sample, "signed_with_newest"));
    EXPECT_TRUE(signer.unsign(text(sample, "signed_with_newest"), now, seconds(0)));
    EXPECT_TRUE(signer.unsign(text(sample, "signed_with_old"), now, seconds(0)));
}

void check_url_safe(const Json& sample) {
    const UrlSafeSerializer serializer(secrets_of(sample), {.salt = text(sample, "salt")});

    EXPECT_EQ(serializer.loads(text(sample, "signed")).value(), *sample.find("value"));
    EXPECT_EQ(serializer.loads(serializer.dumps(*sample.find("value"))).value(), *sample.find("value"));
    if (!text(sample, "signed").starts_with('.')) {  // another zlib may compress otherwise
        EXPECT_EQ(serializer.dumps(*sample.find("value")), text(sample, "signed"));
    }
    for (const std::string& spoilt : spoil(text(sample, "signed"))) {
        EXPECT_FALSE(serializer.loads(spoilt)) << spoilt;
    }
}

void check_url_safe_timed(const Json& sample) {
    const UrlSafeTimedSerializer serializer(secrets_of(sample), {.salt = text(sample, "salt")});
    const std::string made = serializer.dumps(*sample.find("value"), now);

    EXPECT_EQ(serializer.loads(text(sample, "signed"), now, seconds(0))->value, *sample.find("value"));
    EXPECT_EQ(serializer.loads(made, now, seconds(0))->value, *sample.find("value"));
    EXPECT_TRUE(made.starts_with('.') || made == text(sample, "signed"));
    EXPECT_FALSE(serializer.loads(text(sample, "signed"), now + seconds(1), seconds(0)));
}

SharedCookieOptions starlette_options(const Json& given) {
    SharedCookieOptions options{.secure = false, .lifetime = StarletteSession::default_max_age};
    if (const Json* max_age = given.find("max_age")) {
        const std::optional<std::int64_t> count = max_age->as_integer();
        options.lifetime = count ? std::optional(seconds(*count)) : std::nullopt;
    }
    if (given.find("https_only") != nullptr) {
        options.secure = true;
    }
    if (given.find_text("same_site") == "strict") {
        options.same_site = http::SameSite::strict;
    }
    options.name = given.find_text("session_cookie").value_or("session");
    return options;
}

std::string value_of(std::string_view set_cookie) {
    const std::size_t start = set_cookie.find('=') + 1;
    return std::string(set_cookie.substr(start, set_cookie.find(';') - start));
}

void check_starlette(const Json& sample) {
    const StarletteSession codec(secrets_of(sample));
    const SharedCookie cookie =
        SharedCookie::make(starlette_options(*sample.find("options")), SharedCookie::Dialect::starlette)
            .value();
    const Json& session = *sample.find("session");
    const std::string line(sample.find("set_cookie")->items()[0].as_text().value());

    EXPECT_EQ(cookie.set(codec.encode(session, now).value(), now).value(), line);
    EXPECT_EQ(cookie.clear(), sample.find("clear_set_cookie")->items()[0].as_text());
    EXPECT_EQ(codec.decode(value_of(line), now)->value, session);
    EXPECT_FALSE(codec.decode(value_of(line), now + StarletteSession::default_max_age + seconds(1)));
    for (const std::string& spoilt : spoil(value_of(line))) {
        EXPECT_FALSE(codec.decode(spoilt, now)) << spoilt;
    }
}

void check_flask(const Json& sample) {
    const FlaskSession codec(secrets_of(sample));
    const bool is_permanent = text(sample, "path") == "/perm";
    // The Expires of the sample is 31 days after the day on which it was made.
    constexpr Time made = Time(seconds(1'797'927'190)) - FlaskSession::default_max_age;
    SharedCookieOptions options{.secure = false, .same_site = std::nullopt};
    if (is_permanent) {
        options.lifetime = FlaskSession::default_max_age;
    }
    const SharedCookie cookie = SharedCookie::make(options, SharedCookie::Dialect::werkzeug).value();
    const std::string line(sample.find("set_cookie")->items()[0].as_text().value());

    const Json session = codec.decode(value_of(line), now).value().value;
    EXPECT_EQ(codec.decode(codec.encode(session, now).value(), now)->value, session);
    EXPECT_EQ(cookie.set(value_of(line), made).value(), line);
    if (is_permanent) {
        EXPECT_EQ(session, parse_json(R"({"_permanent":true,"a":1})").value());
        EXPECT_EQ(codec.encode(session, now).value(), value_of(line));
    } else {
        EXPECT_EQ(as_flask_bytes(*session.find("b")), (Bytes{0, 0xff}));
        EXPECT_EQ(as_flask_tuple(*session.find("t"))->size(), 2U);
    }
    EXPECT_FALSE(codec.decode(value_of(line), now + FlaskSession::default_max_age + seconds(1)));
    for (const std::string& spoilt : spoil(value_of(line))) {
        EXPECT_FALSE(codec.decode(spoilt, now)) << spoilt;
    }
}

void check_flask_wtf(const Json& sample) {
    const FlaskWtfToken tokens(secrets_of(sample));
    const std::string value = text(sample, "session_csrf_token");

    EXPECT_EQ(tokens.make(value, now), text(sample, "token"));
    EXPECT_TRUE(tokens.verify(value, text(sample, "token"), now + seconds(3600)));
    EXPECT_FALSE(tokens.verify(value, text(sample, "token"), now + seconds(3601)));
    EXPECT_FALSE(tokens.verify(value.substr(1), text(sample, "token"), now));
}

void check_django_signing(const Json& sample) {
    const DjangoSigning signing(secrets_of(sample), text(sample, "salt"));
    const Json& value = *sample.find("value");

    EXPECT_EQ(signing.loads(text(sample, "signed"), now, seconds(0))->value, value);
    EXPECT_EQ(signing.loads(text(sample, "signed"), now, seconds(0))->signed_at, now);
    EXPECT_EQ(signing.loads(signing.dumps(value, now), now, seconds(0))->value, value);
    EXPECT_FALSE(signing.loads(text(sample, "signed"), now + Duration(1), seconds(0)));
    if (!text(sample, "signed").starts_with('.')) {
        EXPECT_EQ(signing.dumps(value, now), text(sample, "signed"));
    }
    for (const std::string& spoilt : spoil(text(sample, "signed"))) {
        EXPECT_FALSE(signing.loads(spoilt, now, {})) << spoilt;
    }
}

void check_django_csrf(const Json& sample) {
    const std::string secret = text(sample, "csrf_secret");

    EXPECT_TRUE(verify_django_csrf(secret, text(sample, "masked")));
    for (const std::string& spoilt : spoil(text(sample, "masked"))) {
        EXPECT_FALSE(verify_django_csrf(secret, spoilt)) << spoilt;
    }
}

struct Check {
    void (*run)(const Json& sample);
    std::size_t wanted;
};

TEST(CookieVectors, come_out_as_the_real_libraries_made_them) {
    CARDEA_VECTORS_OR_SKIP(file, "sessions/signed-cookie-samples.json");
    const std::map<std::string, Check, std::less<>> checks{
        {"itsdangerous.Signer", {check_signer, 12}},
        {"itsdangerous.TimestampSigner", {check_timestamp_signer, 1}},
        {"itsdangerous.TimestampSigner rotation", {check_rotation, 1}},
        {"itsdangerous.URLSafeSerializer", {check_url_safe, 4}},
        {"itsdangerous.URLSafeTimedSerializer", {check_url_safe_timed, 4}},
        {"starlette.SessionMiddleware", {check_starlette, 12}},
        {"flask.session", {check_flask, 2}},
        {"flask_wtf.csrf", {check_flask_wtf, 1}},
        {"django.core.signing.dumps", {check_django_signing, 1}},
        {"django.core.signing.dumps compressed", {check_django_signing, 1}},
        {"django csrf masked token", {check_django_csrf, 4}},
    };
    std::map<std::string, std::size_t, std::less<>> counts;
    std::size_t total = 0;

    const Json vectors = parse_json(file).value();
    for (const Json& sample : vectors.find("samples")->items()) {
        const std::string kind = text(sample, "kind");
        SCOPED_TRACE(kind + " #" + std::to_string(total));
        checks.at(kind).run(sample);
        ++counts[kind];
        ++total;
    }

    for (const auto& [kind, check] : checks) {
        EXPECT_EQ(counts[kind], check.wanted) << kind;
        std::cout << "  " << kind << ": " << counts[kind] << '\n';
    }
    EXPECT_EQ(total, 43U);
    std::cout << "  signed cookie samples: " << total << " of 43\n";
}

}  // namespace
}  // namespace cardea::cookies
