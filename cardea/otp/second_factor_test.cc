// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/second_factor.h"

#include <gtest/gtest.h>

#include <string>

namespace cardea::otp {
namespace {

constexpr std::chrono::seconds step{30};

class SecondFactorTest : public ::testing::Test {
 protected:
    std::string code() const {
        return std::string(Totp::make(factor.secret.clone())->code(clock.now()).expose());
    }
    Errc taking(std::string_view text) {
        const Result<> taken = take_code(factor, text, clock.now());
        return taken ? Errc() : taken.error().code;
    }
    std::vector<RecoveryCode> confirmed() {
        return confirm_second_factor(factor, code(), clock.now(), random).value();
    }

    FakeClock clock;
    FakeRandom random;
    SecondFactor factor = begin_second_factor(random);
};

TEST_F(SecondFactorTest, counts_after_its_first_code_which_is_not_good_again) {
    EXPECT_EQ(taking(code()), Errc::credentials_wrong);
    EXPECT_FALSE(confirm_second_factor(factor, "12", clock.now(), random));
    EXPECT_FALSE(factor.is_confirmed);

    EXPECT_EQ(confirmed().size(), 10U);

    EXPECT_TRUE(factor.is_confirmed);
    EXPECT_EQ(taking(code()), Errc::credentials_wrong);
    EXPECT_EQ(confirm_second_factor(factor, code(), clock.now(), random).error().code, Errc::conflict);
}

TEST_F(SecondFactorTest, takes_each_code_of_the_app_once) {
    std::ignore = confirmed();
    clock.advance(step);
    const std::string next = code();

    EXPECT_EQ(taking(next), Errc());
    EXPECT_EQ(taking(next), Errc::credentials_wrong);
    clock.advance(step);
    EXPECT_EQ(taking(code()), Errc());
    EXPECT_EQ(factor.recovery_codes.size(), 10U);
}

TEST_F(SecondFactorTest, takes_each_recovery_code_once) {
    const std::vector<RecoveryCode> codes = confirmed();

    EXPECT_EQ(taking(codes[3].text().expose()), Errc());
    EXPECT_EQ(taking(codes[3].text().expose()), Errc::credentials_wrong);
    EXPECT_EQ(taking(codes[9].text().expose()), Errc());
    EXPECT_EQ(factor.recovery_codes.size(), 8U);
}

TEST_F(SecondFactorTest, takes_no_recovery_code_of_another_factor) {
    std::ignore = confirmed();
    SecondFactor other = begin_second_factor(random);
    const std::string first(Totp::make(other.secret.clone())->code(clock.now()).expose());
    const std::vector<RecoveryCode> others = confirm_second_factor(other, first, clock.now(), random).value();
    factor.recovery_codes = other.recovery_codes;  // as in a database that somebody changed

    EXPECT_EQ(taking(others[0].text().expose()), Errc::credentials_wrong);
}

TEST_F(SecondFactorTest, refuses_whatever_is_no_code_in_one_way) {
    std::ignore = confirmed();

    for (const std::string_view wrong :
         {"", "000000", "0000000", "abcdef", "8k3m-x0qp-2vtn-97ch-ra6w-e5dz"}) {
        EXPECT_EQ(taking(wrong), Errc::credentials_wrong);
    }
}

}  // namespace
}  // namespace cardea::otp
