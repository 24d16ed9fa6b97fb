// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/starlette.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <utility>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::parsed;
using testing::secrets;

const StarletteSession& starlette() {
    static const StarletteSession codec(secrets("your-secret-key"));
    return codec;
}

TEST(StarletteSession, agrees_with_starlette) {
    const std::pair<const char*, const char*> cases[] = {
        {R"({"user_id":"1","username":"demo"})",
         "eyJ1c2VyX2lkIjogIjEiLCAidXNlcm5hbWUiOiAiZGVtbyJ9.ZVPxAA.Vd1LeIUv6VsdGTiyhgVGBP8It_s"},
        {R"({"user_id":42,"logged_in":true})",
         "eyJ1c2VyX2lkIjogNDIsICJsb2dnZWRfaW4iOiB0cnVlfQ==.ZVPxAA.GFhlvV3e_Gf4gs2ckdPIQVWq-GU"},
        {R"({"n":"é"})", "eyJuIjogIlx1MDBlOSJ9.ZVPxAA.LtLnltAaPPBrK-5_G0wcZfsbGPY"},
    };
    for (const auto& [session, cookie] : cases) {
        EXPECT_EQ(starlette().encode(parsed(session), now).value(), cookie);
        EXPECT_EQ(starlette().decode(cookie, now)->value, parsed(session));
        EXPECT_EQ(starlette().decode(cookie, now)->signed_at, now);
    }
}

TEST(StarletteSession, is_good_for_two_weeks_to_the_second) {
    const std::string cookie = starlette().encode(parsed(R"({"a":1})"), now).value();
    const Time last = now + seconds(1'209'600);

    EXPECT_TRUE(starlette().decode(cookie, last));
    EXPECT_EQ(starlette().decode(cookie, last + seconds(1)).error().code, Errc::expired);
    EXPECT_EQ(starlette().decode(cookie, now - seconds(1)).error().code, Errc::expired);
    EXPECT_TRUE(starlette().decode(cookie, last + seconds(1), std::nullopt));
}

TEST(StarletteSession, is_an_object_in_standard_base64) {
    const TimestampSigner signer(secrets("your-secret-key"));
    for (const char* payload : {
             "bnVsbA==",          // null
             "W1siYSIsIDFdXQ==",  // [["a", 1]], which Starlette takes
             "eyJhIjogMX0",       // no padding
             "eyJhIjogMX0===",
             "eyJhIjogIv_-In0=",  // the URL-safe alphabet
             "eyJhIjog\nMX0=",
             "bm90IGpzb24=",
             "",
         }) {
        EXPECT_EQ(starlette().decode(signer.sign(payload, now), now).error().code, Errc::malformed)
            << payload;
    }
    EXPECT_TRUE(starlette().decode(signer.sign("eyJhIjogMX0=", now), now));
    EXPECT_EQ(starlette().encode(parsed("[1]"), now).error().code, Errc::invalid);
}

TEST(StarletteSession, takes_no_signature_of_another_salt_or_shape) {
    const TimestampSigner other(secrets("your-secret-key"), {.salt = "cookie-session"});

    EXPECT_EQ(starlette().decode(other.sign("e30=", now), now).error().code, Errc::signature_invalid);
    EXPECT_FALSE(starlette().decode("e30=.ZVPxAA", now));
    EXPECT_FALSE(starlette().decode("null", now));
    EXPECT_FALSE(starlette().decode("", now));
}

}  // namespace
}  // namespace cardea::cookies
