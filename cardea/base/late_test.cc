// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/late.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>

namespace cardea {
namespace {

TEST(Late, is_what_it_was_made_of) {
    Late<std::string> text;

    text.emplace(3, 'x');

    EXPECT_EQ(*text, "xxx");
    EXPECT_EQ(std::as_const(text)->size(), 3U);
}

TEST(Late, is_what_it_was_given_last) {
    Late<std::unique_ptr<int>> number;

    number = std::make_unique<int>(1);
    number = std::make_unique<int>(2);

    EXPECT_EQ(**number, 2);
}

TEST(Late, aborts_when_it_is_used_before_it_is_there) {
    const Late<std::string> text;

    EXPECT_DEATH(std::ignore = text->size(), "has_value");
}

}  // namespace
}  // namespace cardea
