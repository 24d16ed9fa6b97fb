// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"

namespace cardea::testing {

TEST_P(OneTimeStoreTest, consumes_a_value_once) {
    const OneTimeHash value = make_hash();

    EXPECT_EQ(run(stores_->one_time().consume(value, at(600'000))), true);
    EXPECT_EQ(run(stores_->one_time().consume(value, at(600'000))), false);
    EXPECT_EQ(run(stores_->one_time().consume(value, at(900'000))), false);
    EXPECT_EQ(run(stores_->one_time().consume(make_hash(), at(600'000))), true);
}

TEST_P(OneTimeStoreTest, consumes_a_value_once_when_many_try_at_the_same_time) {
    for (int round = 0; round < 20; ++round) {
        const OneTimeHash value = make_hash();

        const int consumed = count_successes([&](int) {
            return run(stores_->one_time().consume(value, at(600'000))).value_or(false);
        });

        ASSERT_EQ(consumed, 1);
    }
}

TEST_P(OneTimeStoreTest, remembers_a_value_until_it_expires) {
    const OneTimeHash early = make_hash();
    const OneTimeHash late = make_hash();
    ASSERT_EQ(run(stores_->one_time().consume(early, at(1'000))), true);
    ASSERT_EQ(run(stores_->one_time().consume(late, at(3'000))), true);

    EXPECT_EQ(run(stores_->one_time().purge_expired(at(2'000), 100)), 1U);

    EXPECT_EQ(run(stores_->one_time().consume(late, at(3'000))), false);
}

TEST_P(OneTimeStoreTest, purges_no_more_than_the_limit) {
    for (int count = 0; count < 5; ++count) {
        ASSERT_EQ(run(stores_->one_time().consume(make_hash(), at(1'000))), true);
    }

    EXPECT_EQ(run(stores_->one_time().purge_expired(at(2'000), 2)), 2U);
    EXPECT_EQ(run(stores_->one_time().purge_expired(at(2'000), 100)), 3U);
}

}  // namespace cardea::testing
