// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/head.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::audit {
namespace {

TEST(Head, is_read_as_it_is_written) {
    Head head{.count = 17, .mac = {}};
    head.mac.fill(0xab);
    const std::string text = to_string(head);

    EXPECT_EQ(text, "17:abababababababababababababababababababababababababababababababab");
    ASSERT_TRUE(parse_head(text));
    EXPECT_EQ(*parse_head(text), head);
    EXPECT_TRUE(parse_head(to_string(Head())));
}

TEST(Head, is_nothing_else) {
    const std::string mac(64, 'a');
    for (const std::string& text :
         {std::string(),
          mac,
          ":" + mac,
          std::string("17:"),
          "17:" + mac + "a",
          "17:" + mac.substr(1),
          "17 :" + mac,
          "017:" + mac,
          "+17:" + mac,
          "-:" + mac,
          "-1:" + mac,
          "99999999999999999999:" + mac,
          "17:" + std::string(64, 'A')}) {
        EXPECT_FALSE(parse_head(text)) << text;
    }
}

}  // namespace
}  // namespace cardea::audit
