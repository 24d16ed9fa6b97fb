// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/fastapi_sessions.h"

#include "cardea/base/hex.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::parsed;
using testing::secrets;

TEST(FastapiSessionsCookie, agrees_with_fastapi_sessions) {
    const FastapiSessionsCookie codec(
        secrets("my-super-secret-key-that-should-be-in-an-env-file"), "session_id"
    );
    const std::string_view cookie =
        ".eJxTMjA0MjYxNTO3sExMSk5JTUPnKwEAkmIJCQ.ZVPxAA.vJ5lFr0JTYTo0UiqbIRd3JmUwP4";
    Uuid id{};
    ASSERT_TRUE(hex_decode("0123456789abcdef0123456789abcdef", id));

    EXPECT_EQ(codec.decode(cookie, now)->id, id);
    EXPECT_EQ(codec.decode(codec.encode(id, now), now)->id, id);
    EXPECT_EQ(
        codec.decode(cookie, now + FastapiSessionsCookie::default_max_age + seconds(1)).error().code,
        Errc::expired
    );
}

TEST(FastapiSessionsCookie, refuses_other_cookies_and_other_values) {
    const SecretKeys shared = secrets("my-super-secret-key-that-should-be-in-an-env-file");
    const FastapiSessionsCookie codec(shared, "session_id");
    const UrlSafeTimedSerializer serializer(shared, {.salt = "session_id"});

    EXPECT_EQ(
        codec.decode(FastapiSessionsCookie(shared, "other").encode({}, now), now).error().code,
        Errc::signature_invalid
    );
    for (const char* value :
         {"1", R"("")", R"("0123")", R"("0123456789ABCDEF0123456789ABCDEF")", R"(["a"])"}) {
        EXPECT_EQ(codec.decode(serializer.dumps(parsed(value), now), now).error().code, Errc::malformed);
    }
}

}  // namespace
}  // namespace cardea::cookies
