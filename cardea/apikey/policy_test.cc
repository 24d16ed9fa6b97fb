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
    EXPECT_TRUE(check_name("👩‍💻 laptop"));
    EXPECT_TRUE(check_name(std::string(max_name_code_points, 'a')));
    EXPECT_FALSE(check_name(std::string(max_name_code_points + 1, 'a')));
    for (const char* name :
         {"", "   ", "a\nb", "\xFF", "a\x7f", "a\u0085b", "a\u2028b", "\u202Eyek", "a\u2066b"}) {
        EXPECT_FALSE(check_name(name)) << name;
    }
}

TEST(ApiKeyPolicy, counts_the_characters_of_a_name_and_not_its_bytes) {
    std::string name;
    for (std::size_t i = 0; i < max_name_code_points; ++i) {
        name += "я";
    }

    EXPECT_TRUE(check_name(name));
    EXPECT_FALSE(check_name(name + "я"));
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
