// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/calibrate.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

using std::chrono::milliseconds;

/// A machine that needs this many milliseconds for a GiB of memory, filled once.
MeasureHash machine(std::int64_t per_gib) {
    return [per_gib](const Argon2Cost& cost) {
        return milliseconds(per_gib * cost.memory_kib * cost.iterations / std::int64_t{1 << 20});
    };
}

TEST(Calibrate, raises_memory_first_and_iterations_then) {
    const Calibration found = calibrate(milliseconds(250), machine(1000));

    EXPECT_EQ(found.cost, (Argon2Cost{65'536, 4, 1}));
    EXPECT_EQ(found.takes, milliseconds(250));
    EXPECT_TRUE(found.is_within_target);
}

TEST(Calibrate, keeps_to_the_memory_it_may_have) {
    EXPECT_EQ(calibrate(milliseconds(250), machine(1000), 20'000).cost, (Argon2Cost{20'000, 13, 1}));
    EXPECT_EQ(calibrate(milliseconds(60'000), machine(1000), 4'000'000).cost, (Argon2Cost{262'144, 16, 1}));
}

TEST(Calibrate, stops_where_the_time_is_up) {
    EXPECT_EQ(calibrate(milliseconds(100), machine(1000)).cost, (Argon2Cost{38'912, 2, 1}));
    EXPECT_EQ(calibrate(milliseconds(40), machine(1000)).cost, Argon2Cost{});
}

TEST(Calibrate, never_goes_below_what_is_safe) {
    const Calibration found = calibrate(milliseconds(250), machine(100'000));

    EXPECT_EQ(found.cost, Argon2Cost{});
    EXPECT_FALSE(found.is_within_target);
}

TEST(Calibrate, comes_back_from_a_guess_that_was_too_high) {
    // Four iterations and more take three times as long as the first ones promise.
    const MeasureHash uneven = [](const Argon2Cost& cost) {
        const auto takes = machine(1000)(cost);
        return cost.iterations > 4 ? 3 * takes : takes;
    };

    EXPECT_EQ(calibrate(milliseconds(500), uneven).cost, (Argon2Cost{65'536, 4, 1}));
}

TEST(Calibrate, measures_a_dozen_times_at_most_on_an_even_machine) {
    int measured = 0;
    const auto count = [&measured](const Argon2Cost& cost) {
        ++measured;
        return machine(1000)(cost);
    };

    EXPECT_TRUE(calibrate(milliseconds(2000), count).is_within_target);

    EXPECT_LE(measured, 12);
}

}  // namespace
}  // namespace cardea::password
