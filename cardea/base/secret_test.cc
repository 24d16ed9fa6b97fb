// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/secret.h"

#include <gtest/gtest.h>

#include <utility>

namespace cardea {
namespace {

TEST(Secret, is_in_one_place_after_a_move) {
    SecretText kept("before");
    SecretText moved("after");

    kept = std::move(moved);

    EXPECT_EQ(kept.expose(), "after");
    EXPECT_TRUE(moved.empty());  // NOLINT(bugprone-use-after-move): what is left there is the question
}

TEST(Secret, survives_being_moved_onto_itself) {
    SecretText secret("the same");
    SecretText& alias = secret;

    secret = std::move(alias);

    EXPECT_EQ(secret.expose(), "the same");
}

}  // namespace
}  // namespace cardea
