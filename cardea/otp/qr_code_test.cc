// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/qr_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

// That scanners read what is drawn is shown by tests/interop/otp.test.mjs.

namespace cardea::otp {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(QrCode, has_its_three_corners) {
    const QrCode code = QrCode::make("otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP").value();
    const auto last = static_cast<std::ptrdiff_t>(code.size()) - 1;

    for (std::ptrdiff_t i = 0; i < 7; ++i) {
        EXPECT_TRUE(code.is_dark(i, 0));
        EXPECT_TRUE(code.is_dark(last - i, 0));
        EXPECT_TRUE(code.is_dark(0, last - i));
    }
    EXPECT_FALSE(code.is_dark(1, 1));
    EXPECT_FALSE(code.is_dark(-1, 0));
    EXPECT_FALSE(code.is_dark(0, last + 1));
}

TEST(QrCode, grows_with_its_text_up_to_a_bound) {
    EXPECT_EQ(QrCode::make("")->size(), 21U);
    EXPECT_EQ(QrCode::make(std::string(2331, 'x'))->size(), 177U);
    EXPECT_EQ(QrCode::make(std::string(2332, 'x')).error().code, Errc::too_large);
}

TEST(QrCode, is_drawn_as_svg_without_style_or_script) {
    const SecretText secret = QrCode::make("otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP")->svg();
    const std::string svg(secret.expose());

    EXPECT_THAT(svg, StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
    EXPECT_THAT(svg, EndsWith("</svg>"));
    EXPECT_THAT(svg, Not(HasSubstr("style")));
    EXPECT_THAT(svg, Not(HasSubstr("JBSWY3DP")));
    EXPECT_THAT(svg, HasSubstr("M4 4h7v1h-7z"));
}

TEST(QrCode, is_drawn_for_a_terminal_in_its_own_colours) {
    const QrCode code = QrCode::make("hello").value();
    const SecretText secret = code.terminal();
    const std::string text(secret.expose());

    EXPECT_EQ(std::ranges::count(text, '\n'), static_cast<std::ptrdiff_t>((code.size() + 8 + 1) / 2));
    EXPECT_THAT(text, StartsWith("\x1b[30;107m"));
    EXPECT_THAT(text, EndsWith("\x1b[0m\n"));
}

}  // namespace
}  // namespace cardea::otp
