// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/recovery_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace cardea::otp {
namespace {

using ::testing::MatchesRegex;

const ByteView ada = as_bytes("account of ada");
const ByteView bob = as_bytes("account of bob");

TEST(RecoveryCode, is_written_in_groups_that_are_hard_to_mistake) {
    FakeRandom random;
    for (const RecoveryCode& code : make_recovery_codes(random, 100)) {
        EXPECT_THAT(
            std::string(code.text().expose()),
            MatchesRegex("[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){5}")
        );
    }
}

TEST(RecoveryCode, comes_in_a_set_of_different_ones) {
    FakeRandom random;
    std::set<RecoveryCodeHash> hashes;
    for (const RecoveryCode& code : make_recovery_codes(random)) {
        hashes.insert(code.hash(ada));
    }

    EXPECT_EQ(hashes.size(), 10U);
}

TEST(RecoveryCode, is_read_however_it_is_typed) {
    const RecoveryCodeHash hash = RecoveryCode::parse("0123-4567-89ab-cdef-ghjk-mnpq")->hash(ada);
    for (const std::string_view typed :
         {"0123456789abcdefghjkmnpq",
          "0123-4567-89AB-CDEF-GHJK-MNPQ",
          "  0123 4567 89ab cdef ghjk mnpq ",
          "O123-4567-89ab-cdef-ghjk-mnpq",
          "o1 23-4567-89AB-cdefghjk-mnpq",
          "0I23-4567-89ab-cdef-ghjk-mnpq",
          "0l23-4567-89ab-cdef-ghjk-mnpq"}) {
        const Result<RecoveryCode> code = RecoveryCode::parse(typed);
        ASSERT_TRUE(code) << typed;
        EXPECT_EQ(code->hash(ada), hash) << typed;
    }
}

TEST(RecoveryCode, is_refused_when_it_cannot_be_one) {
    for (const std::string_view wrong :
         {"",
          "0123-4567-89ab-cdef-ghjk-mnp",
          "0123-4567-89ab-cdef-ghjk-mnpq0",
          "0123-4567-89ab-cdef-ghjk-mnpu",
          "0123_4567_89ab_cdef_ghjk_mnpq",
          "0123-4567-89ab-cdef-ghjk-mn\xc3\xa9"}) {
        EXPECT_EQ(RecoveryCode::parse(wrong).error().code, Errc::malformed) << wrong;
    }
    EXPECT_EQ(RecoveryCode::parse(std::string(100'000, '0')).error().code, Errc::malformed);
}

class RecoveryCodes : public ::testing::Test {
 protected:
    RecoveryCodes() : codes_(make_recovery_codes(random_)) {
        for (const RecoveryCode& code : codes_) {
            unused_.push_back(code.hash(ada));
        }
    }

    FakeRandom random_;
    std::vector<RecoveryCode> codes_;
    std::vector<RecoveryCodeHash> unused_;
};

TEST_F(RecoveryCodes, say_which_of_them_it_was) {
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        EXPECT_EQ(verify_recovery_code(codes_[i].text().expose(), ada, unused_), i);
    }
}

TEST_F(RecoveryCodes, asvs5_6_5_1_work_once_when_the_store_consumes_them) {
    const SecretText text = codes_[3].text();
    const Result<std::size_t> used = verify_recovery_code(text.expose(), ada, unused_);
    ASSERT_TRUE(used);

    unused_.erase(unused_.begin() + static_cast<std::ptrdiff_t>(*used));

    EXPECT_EQ(verify_recovery_code(text.expose(), ada, unused_).error().code, Errc::credentials_wrong);
}

TEST_F(RecoveryCodes, of_one_account_are_worth_nothing_in_another) {
    EXPECT_EQ(
        verify_recovery_code(codes_[0].text().expose(), bob, unused_).error().code, Errc::credentials_wrong
    );
}

TEST_F(RecoveryCodes, are_refused_when_mistyped) {
    EXPECT_EQ(verify_recovery_code("hello", ada, unused_).error().code, Errc::malformed);
    EXPECT_EQ(
        verify_recovery_code("0000-0000-0000-0000-0000-0000", ada, unused_).error().code,
        Errc::credentials_wrong
    );
    EXPECT_EQ(verify_recovery_code(codes_[0].text().expose(), ada, {}).error().code, Errc::credentials_wrong);
}

}  // namespace
}  // namespace cardea::otp
