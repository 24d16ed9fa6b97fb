// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/breach_query.h"

#include <gtest/gtest.h>

namespace cardea::password {
namespace {

BreachQuery query(std::string_view password) {
    return BreachQuery(Password::parse(password).value());
}

// SHA-1 of "password" is 5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8.
constexpr std::string_view suffix = "1E4C9B93F3F0682250B6CF8331B7EE68FD8";

Errc refusal(std::string_view answer) {
    const Result<std::uint64_t> count = query("password").count_in(answer);
    EXPECT_FALSE(count) << answer;
    return count ? Errc::internal : count.error().code;
}

TEST(BreachQuery, sends_five_digits_and_no_more) {
    EXPECT_EQ(query("password").prefix(), "5BAA6");
    EXPECT_EQ(query("tangerine parasol 42").prefix().size(), 5U);
}

TEST(BreachQuery, finds_the_password_in_the_answer) {
    const std::string answer = "1D2DA4053E34E76F6576ED1DA63134B5E2A:2\r\n" + std::string(suffix) +
                               ":10434004\r\n1E5C6C0D0A9F3C5B1A2F0E4D3C2B1A09F8E:7";

    EXPECT_EQ(query("password").count_in(answer), 10434004U);
    EXPECT_EQ(query("Password").count_in(answer), 0U);
}

TEST(BreachQuery, takes_no_padding_for_a_breach) {
    EXPECT_EQ(query("password").count_in(std::string(suffix) + ":0\r\n"), 0U);
}

TEST(BreachQuery, reads_lines_with_either_end) {
    EXPECT_EQ(query("password").count_in(std::string(suffix) + ":3\n"), 3U);
    EXPECT_EQ(query("password").count_in(std::string(suffix) + ":3"), 3U);
}

TEST(BreachQuery, takes_an_answer_that_is_none_for_no_answer) {
    EXPECT_EQ(refusal("<html>"), Errc::malformed);
    EXPECT_EQ(refusal(""), Errc::malformed);
    EXPECT_EQ(refusal("\r\n"), Errc::malformed);
    EXPECT_EQ(refusal(std::string(suffix)), Errc::malformed);
    EXPECT_EQ(refusal(std::string(suffix) + ":"), Errc::malformed);
    EXPECT_EQ(refusal(std::string(suffix) + ":-1"), Errc::malformed);
    EXPECT_EQ(refusal(std::string(suffix) + ":1x"), Errc::malformed);
    EXPECT_EQ(refusal(std::string(suffix) + ":99999999999999999999"), Errc::malformed);
    EXPECT_EQ(refusal("1e4c9b93f3f0682250b6cf8331b7ee68fd8:1"), Errc::malformed);
}

TEST(BreachQuery, hashes_the_password_as_it_was_typed) {
    EXPECT_EQ(
        query("pass w\xC3\xB6rd").prefix(), query("pass wo\xCC\x88rd").prefix()
    );  // one form of the letter
    EXPECT_NE(query("password ").prefix(), query("password").prefix());
}

}  // namespace
}  // namespace cardea::password
