// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/cores.h"

#include <gtest/gtest.h>

#include <sched.h>

namespace cardea {
namespace {

TEST(AvailableCores, are_those_that_the_process_may_run_on) {
    cpu_set_t before;
    ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);

    ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
    const std::size_t cores = available_cores();
    ASSERT_EQ(::sched_setaffinity(0, sizeof before, &before), 0);

    EXPECT_EQ(cores, 1U);
    EXPECT_EQ(available_cores(), static_cast<std::size_t>(CPU_COUNT(&before)));
}

}  // namespace
}  // namespace cardea
