// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"

#include "cardea/audit/log.h"
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace cardea::account::detail {
namespace {

using testing::AccountWorld;
using testing::run;

std::size_t lines_of(const auto& refusals) {
    ::testing::internal::CaptureStderr();
    refusals();
    std::istringstream log(::testing::internal::GetCapturedStderr());
    std::size_t lines = 0;
    for (std::string line; std::getline(log, line);) {
        lines += line.contains("event=account.refused") ? 1 : 0;
    }
    return lines;
}

TEST(Audited, refusals_of_one_cause_do_not_fill_the_log) {
    AccountWorld world;
    const account::Parts parts = world.parts();
    const auto refuse = [&](Errc code, audit::Rule rule) {
        return lines_of([&] {
            for (int i = 0; i < 300; ++i) {
                Audited audited(parts, audit::Event::signed_in, world.facts);
                EXPECT_EQ(run(audited.refuse(code, rule)).error().code, code);
            }
        });
    };

    EXPECT_EQ(refuse(Errc::rate_limited, audit::Rule::address_limit), audit::noted_refusals.count);
    EXPECT_EQ(refuse(Errc::credentials_wrong, audit::Rule::wrong_password), audit::noted_refusals.count);
}

}  // namespace
}  // namespace cardea::account::detail
