// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/errc_counts.h"

#include <gtest/gtest.h>

namespace cardea {
namespace {

// The name of what is no code is that of a bug.
TEST(ErrcCounts, hold_every_code) {
    EXPECT_NE(name(static_cast<Errc>(errc_count - 2)), "internal");
    EXPECT_EQ(name(static_cast<Errc>(errc_count)), "internal");
}

TEST(ErrcCounts, count_each_code_alone) {
    ErrcCounts counts;
    counts.add(Errc::internal);
    counts.add(Errc::internal);
    counts.add(Errc::malformed);

    EXPECT_EQ(counts.count(Errc::internal), 2u);
    EXPECT_EQ(counts.count(Errc::malformed), 1u);
    EXPECT_EQ(counts.count(Errc::busy), 0u);
}

}  // namespace
}  // namespace cardea
