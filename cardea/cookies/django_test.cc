// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/django.h"

#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

#include <set>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;
using testing::parsed;
using testing::secrets;

TEST(DjangoSigning, counts_parts_of_a_second_and_takes_the_future) {
    const DjangoSigning signing(secrets("0123456789abcdef0123456789abcdef"));
    const std::string text = signing.dumps(parsed("1"), now + Duration(500));

    EXPECT_EQ(signing.loads(text, now, seconds(60))->signed_at, now);
    EXPECT_TRUE(signing.loads(text, now + seconds(60), seconds(60)));
    EXPECT_EQ(signing.loads(text, now + Duration(60'001), seconds(60)).error().code, Errc::expired);
    EXPECT_TRUE(signing.loads(text, now - seconds(60), seconds(60)));
    EXPECT_TRUE(signing.loads(signing.dumps(parsed("1"), Time(seconds(-1))), Time(), seconds(0)));
}

TEST(DjangoSigning, refuses_what_has_no_time) {
    const ItsdangerousSigner bare(
        secrets("0123456789abcdef0123456789abcdef"),
        {.salt = "django.core.signing", .digest = crypto::HashAlgorithm::sha256, .separator = Separator::colon
        }
    );
    const DjangoSigning signing(secrets("0123456789abcdef0123456789abcdef"));
    for (const char* value : {"MQ", "MQ:", "MQ:01", "MQ:!", "MQ:zzzzzzzz", "MQ:111111111"}) {
        EXPECT_EQ(signing.loads(bare.sign(value), now, {}).error().code, Errc::malformed) << value;
    }
    EXPECT_TRUE(signing.loads(bare.sign("MQ:1"), now, {}));
}

TEST(DjangoCsrf, looks_different_every_time) {
    FakeRandom random;
    const std::string_view secret = "abcdefghijklmnopqrstuvwxyzABCDEF";
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
        const std::string token = mask_django_csrf(secret, random).value();
        EXPECT_TRUE(verify_django_csrf(secret, token));
        seen.insert(token);
    }

    EXPECT_EQ(seen.size(), 100U);
    EXPECT_TRUE(verify_django_csrf(secret, secret));
    EXPECT_FALSE(verify_django_csrf("bbcdefghijklmnopqrstuvwxyzABCDEF", *seen.begin()));
    EXPECT_FALSE(verify_django_csrf(secret, seen.begin()->substr(1)));
    EXPECT_FALSE(verify_django_csrf("", ""));
    EXPECT_EQ(mask_django_csrf("short", random).error().code, Errc::invalid);
}

}  // namespace
}  // namespace cardea::cookies
