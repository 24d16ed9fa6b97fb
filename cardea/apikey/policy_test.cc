// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/policy.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::apikey {

TEST(KeyState, ends_at_the_very_millisecond) {
    const Time end(std::chrono::hours(1));
    ApiKeyRecord record;
    EXPECT_EQ(decide(record, end), KeyState::live);

    record.expires_at = end;

    EXPECT_EQ(decide(record, end - Duration(1)), KeyState::live);
    EXPECT_EQ(decide(record, end), KeyState::expired);
}

TEST(ApiKeyPolicy, takes_names_that_can_be_shown) {
    EXPECT_TRUE(check_name("Deploy from CI"));
    EXPECT_TRUE(check_name("сервер"));
    EXPECT_TRUE(check_name(std::string(max_name_bytes, 'a')));
    for (const std::string& name :
         {std::string(),
          std::string("   "),
          std::string("a\nb"),
          std::string("\xFF"),
          std::string(max_name_bytes + 1, 'a')}) {
        EXPECT_FALSE(check_name(name)) << name;
    }
}

TEST(ApiKeyPolicy, bounds_lifetimes_and_overlaps) {
    EXPECT_TRUE(check_lifetime(Duration(1)));
    EXPECT_TRUE(check_lifetime(max_lifetime));
    EXPECT_FALSE(check_lifetime(Duration(0)));
    EXPECT_FALSE(check_lifetime(Duration(-1)));
    EXPECT_FALSE(check_lifetime(max_lifetime + Duration(1)));

    EXPECT_TRUE(check_overlap(Duration(0)));
    EXPECT_TRUE(check_overlap(max_overlap));
    EXPECT_FALSE(check_overlap(Duration(-1)));
    EXPECT_FALSE(check_overlap(max_overlap + Duration(1)));
}

}  // namespace cardea::apikey
