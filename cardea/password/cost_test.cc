// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/cost.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

TEST(PasswordCost, is_at_least_one_that_owasp_lists) {
    for (const Argon2Cost& strong :
         {Argon2Cost{}, {47104, 1}, {12288, 3}, {9216, 4}, {7168, 5}, {65536, 3}, {262144, 16}}) {
        EXPECT_TRUE(check_cost(strong)) << strong.memory_kib;
    }
    for (const Argon2Cost& weak :
         {Argon2Cost{19455, 2}, {19456, 1}, {7167, 16}, {0, 0}, {19456, 2, 2}, {262145, 2}, {19456, 17}}) {
        EXPECT_EQ(check_cost(weak).error().code, Errc::config) << weak.memory_kib;
    }
}

}  // namespace
}  // namespace cardea::password
