// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask.h"

#include "cardea/base/base64url.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::parsed;
using testing::secrets;

constexpr std::string_view flask_secret = "0123456789abcdef0123456789abcdef";

const FlaskSession& flask() {
    static const FlaskSession codec(secrets(flask_secret));
    return codec;
}

TEST(FlaskSession, agrees_with_flask) {
    const std::string_view cookie =
        "eyJ1c2VyX2VtYWlsIjoiam9obkBleGFtcGxlLmNvbSIsInVzZXJfbmFtZSI6IkpvaG4gRG9lIiwiX3Blcm1hbmVudCI6"
        "dHJ1ZX0.ZVPxAA.2yDnSwyo8Dy_FvgLURJZTFp4uvI";
    const Json session =
        parsed(R"({"user_email":"john@example.com","user_name":"John Doe","_permanent":true})");

    EXPECT_EQ(flask().decode(cookie, now)->value, session);
    // Outside a request Flask keeps the order; within one, and here, names are sorted.
    const UrlSafeTimedSerializer unsorted(
        secrets(flask_secret), {.salt = "cookie-session", .key_derivation = KeyDerivation::hmac}
    );
    EXPECT_EQ(unsorted.dumps(session, now), cookie);
    EXPECT_TRUE(flask()
                    .encode(session, now)
                    ->starts_with(base64url_encode(as_bytes(R"({"_permanent":true,"user_email":)"))));
}

TEST(FlaskSession, is_good_for_31_days_to_the_second) {
    const std::string cookie = flask().encode(parsed(R"({"a":1})"), now).value();
    const Time last = now + std::chrono::days(31);

    EXPECT_TRUE(flask().decode(cookie, last));
    EXPECT_EQ(flask().decode(cookie, last + seconds(1)).error().code, Errc::expired);
}

TEST(FlaskSession, keeps_tagged_values) {
    const Json session = parsed(
        R"({"t":{" t":[1,{" b":"AAE="}]},"b":{" b":"AAE="},"u":{" u":"00000000000000000000000000000001"},)"
        R"("d":{" d":"Tue, 14 Nov 2023 22:13:20 GMT"},"m":{" m":"<b>"},"x":{" di":{" t__":1}}})"
    );
    const Json back = flask().decode(flask().encode(session, now).value(), now).value().value;

    ASSERT_EQ(as_flask_tuple(*back.find("t"))->size(), 2U);
    EXPECT_EQ(as_flask_bytes(as_flask_tuple(*back.find("t"))->back()), (Bytes{0, 1}));
    EXPECT_EQ(as_flask_bytes(*back.find("b")), (Bytes{0, 1}));
    EXPECT_EQ(as_flask_uuid(*back.find("u"))->back(), 1);
    EXPECT_EQ(as_flask_datetime(*back.find("d")), now);
    EXPECT_EQ(as_flask_markup(*back.find("m")), "<b>");
    EXPECT_EQ(as_flask_dict(*back.find("x"))->front().name, " t");
    EXPECT_FALSE(as_flask_tuple(*back.find("b")));
    EXPECT_FALSE(as_flask_dict(*back.find("b")));
}

TEST(FlaskSession, refuses_what_is_no_session) {
    const UrlSafeTimedSerializer serializer(
        secrets(flask_secret), {.salt = "cookie-session", .key_derivation = KeyDerivation::hmac}
    );
    for (const char* value : {"1", "null", "[[\"a\",1]]", R"({"a":{" t":1}})"}) {
        EXPECT_EQ(flask().decode(serializer.dumps(parsed(value), now), now).error().code, Errc::malformed);
    }
    const FlaskSession other(secrets("another secret"));
    EXPECT_EQ(
        other.decode(flask().encode(parsed("{}"), now).value(), now).error().code, Errc::signature_invalid
    );
}

}  // namespace
}  // namespace cardea::cookies
