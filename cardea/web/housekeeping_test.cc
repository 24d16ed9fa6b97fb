// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/housekeeping.h"

#include "cardea/base/blocking.h"
#include "cardea/web/app.h"
#include "cardea/web/stop_signals.h"

#include <gtest/gtest.h>

#include <csignal>
#include <latch>
#include <vector>

namespace cardea::web {
namespace {

/// Counts how often house was kept.
class Kept final : public Middleware {
 public:
    explicit Kept(int& times) : times_(times) {}
    Task<> maintain() override {
        ++times_;
        co_return;
    }

 private:
    int& times_;
};

TEST(Housekeeping, hears_the_first_signal_and_writes_what_is_left_at_the_end) {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
        int times = 0;
        int ends = 0;
        App app;
        app.use(std::make_unique<Kept>(times));
        ASSERT_TRUE(app.start());
        {
            std::latch ended(1);
            const Housekeeping housekeeping(app, [&] {
                ++ends;
                ended.count_down();
            });
            std::raise(signal);
            ended.wait();
            std::raise(signal);
            EXPECT_EQ(times, 0);
        }
        EXPECT_EQ(ends, 1);
        EXPECT_EQ(times, 1);
    }
}

TEST(StopSignals, leave_one_that_is_ignored_alone) {
    EXPECT_EQ(stop_signals(), (std::vector<int>{SIGTERM, SIGINT, SIGHUP}));
    const auto before = std::signal(SIGHUP, SIG_IGN);
    EXPECT_EQ(stop_signals(), (std::vector<int>{SIGTERM, SIGINT}));
    std::signal(SIGHUP, before);
}

TEST(Housekeeping, can_be_called_for_in_another_server) {
    int times = 0;
    App app;
    app.use(std::make_unique<Kept>(times));
    ASSERT_TRUE(app.start());

    block_on(app.maintain());

    EXPECT_EQ(times, 1);
}

TEST(Housekeeping, ends_without_a_signal_too) {
    int times = 0;
    App app;
    app.use(std::make_unique<Kept>(times));
    ASSERT_TRUE(app.start());

    {
        const Housekeeping housekeeping(app, [] { FAIL(); });
    }

    EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace cardea::web
