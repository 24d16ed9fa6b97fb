// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/pyview.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::parsed;
using testing::secrets;

TEST(PyviewTokens, agree_with_pyview) {
    const PyviewTokens tokens(secrets("pyview-secret"));
    const std::string_view session =
        "eyJ1c2VyX2lkIjoiMSIsInVzZXJuYW1lIjoiZGVtbyJ9.OhyOFvVmlS_4eCxRjEfWGRYrRsU";
    const std::string_view csrf =
        ".eJxTyimzKsio0DWEAl0jINA1BgJdEyDQNUUCSgD5nwn6.ZVPxAA.B4Ys4I-9NgiKYA0PEDMAbNBnQUI";
    const std::string_view topic = "lv:phx-11111111-2222-3333-4444-555555555555";

    EXPECT_EQ(tokens.encode_session(parsed(R"({"user_id":"1","username":"demo"})")).value(), session);
    EXPECT_EQ(tokens.decode_session(session).value(), parsed(R"({"user_id":"1","username":"demo"})"));
    EXPECT_TRUE(tokens.verify_csrf(topic, csrf, now + seconds(3600)));
    EXPECT_TRUE(tokens.verify_csrf(topic, tokens.make_csrf(topic, now), now));
    EXPECT_EQ(tokens.verify_csrf(topic, csrf, now + seconds(3601)).error().code, Errc::csrf_rejected);
    EXPECT_EQ(tokens.verify_csrf("lv:phx-other", csrf, now).error().code, Errc::csrf_rejected);
    EXPECT_EQ(tokens.verify_csrf(topic, session, now).error().code, Errc::csrf_rejected);
    EXPECT_EQ(tokens.decode_session(csrf).error().code, Errc::signature_invalid);
}

TEST(PyviewTokens, hold_objects) {
    const SecretKeys shared = secrets("pyview-secret");
    const std::string list = UrlSafeSerializer(shared, {.salt = "pyview-session"}).dumps(parsed("[1]"));

    EXPECT_EQ(PyviewTokens(shared).decode_session(list).error().code, Errc::malformed);
    EXPECT_EQ(PyviewTokens(shared).encode_session(parsed("[1]")).error().code, Errc::invalid);
}

}  // namespace
}  // namespace cardea::cookies
