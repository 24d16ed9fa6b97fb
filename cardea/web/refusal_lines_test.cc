// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/refusal_lines.h"

#include "cardea/web/app.h"
#include "tests/support/raw_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>

namespace cardea::web {
namespace {

using detail::RefusalLines;
using detail::told_refusals;
using detail::told_refusals_of_all;
using ::testing::HasSubstr;
using testing::RawRequest;

class RefusalLinesTest : public ::testing::Test {
 protected:
    /// How many of so many refusals are told.
    std::uint64_t told(std::uint64_t count, Errc code, std::string_view address = "192.0.2.7") {
        std::uint64_t lines = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            lines += refusals.is_one_too_many(code, address) ? 0 : 1;
        }
        return lines;
    }
    /// What is logged while so many requests are refused.
    std::string logged(std::uint64_t count, Errc code) {
        ::testing::internal::CaptureStderr();
        std::ignore = told(count, code);
        return ::testing::internal::GetCapturedStderr();
    }

    FakeClock clock;
    SystemRandom random;
    RefusalLines refusals{clock, random};
};

TEST_F(RefusalLinesTest, are_bounded_for_each_code_and_address) {
    EXPECT_EQ(told(1'000, Errc::malformed), told_refusals.count);
    EXPECT_EQ(told(1'000, Errc::csrf_rejected), told_refusals.count);
    EXPECT_EQ(told(1'000, Errc::malformed, "198.51.100.1"), told_refusals.count);
    EXPECT_EQ(told(1'000, Errc::malformed, "2001:db8::1"), told_refusals.count);
    EXPECT_EQ(told(1'000, Errc::malformed, "2001:db8::2"), 0U);  // the same /64
}

TEST_F(RefusalLinesTest, are_bounded_for_all_addresses_together) {
    std::uint64_t lines = 0;
    for (int i = 0; i < 100; ++i) {
        lines += told(told_refusals.count, Errc::malformed, "192.0.2." + std::to_string(i));
    }

    EXPECT_EQ(lines, told_refusals_of_all.count);
}

TEST_F(RefusalLinesTest, come_again_after_the_minute) {
    EXPECT_EQ(told(100, Errc::rate_limited), told_refusals.count);
    clock.advance(told_refusals.period);

    EXPECT_EQ(told(100, Errc::rate_limited), told_refusals.count);
}

TEST_F(RefusalLinesTest, say_once_a_minute_how_many_were_left_out) {
    EXPECT_EQ(logged(told_refusals.count, Errc::malformed), "");
    EXPECT_THAT(logged(10, Errc::malformed), HasSubstr("event=request.refusals_left_out lines=1\n"));
    EXPECT_EQ(logged(10, Errc::malformed), "");
    clock.advance(told_refusals.period);

    EXPECT_THAT(logged(1, Errc::forbidden), HasSubstr("event=request.refusals_left_out lines=19\n"));
    clock.advance(told_refusals.period);
    EXPECT_EQ(logged(1, Errc::forbidden), "");
}

/// The lines of the log while an App refuses so many requests of a kind.
class RefusalsOfAnApp : public ::testing::Test {
 protected:
    std::size_t lines_of(const RawRequest& request, int count) {
        ::testing::internal::CaptureStderr();
        for (int i = 0; i < count; ++i) {
            std::ignore = app.answer_at_once(request);
        }
        const std::string text = ::testing::internal::GetCapturedStderr();
        return static_cast<std::size_t>(std::ranges::count(text, '\n'));
    }

    static AppOptions at(const Clock& clock) {
        AppOptions options;
        options.clock = &clock;
        return options;
    }

    FakeClock clock;
    App app{at(clock)};
};

TEST_F(RefusalsOfAnApp, do_not_fill_the_log) {
    app.get("/broken", [](Request& request) { return request.refuse(Errc::malformed); });
    app.get("/bug", [](Request&) -> http::Response { throw std::runtime_error("a bug"); });
    ASSERT_TRUE(app.start());

    EXPECT_EQ(lines_of(RawRequest(http::Method::get, "/broken"), 1'000), told_refusals.count + 1);
    EXPECT_EQ(
        lines_of(RawRequest(http::Method::get, "/bug"), 1'000),
        told_refusals_of_all.count - told_refusals.count
    );
    EXPECT_EQ(lines_of(RawRequest(http::Method::get, "/nothing"), 1'000), 0U);
}

}  // namespace
}  // namespace cardea::web
