// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/device_cookie.h"

#include "cardea/crypto/keyring.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

constexpr Time start{std::chrono::seconds(1'700'000'000)};

class DeviceCookieTest : public ::testing::Test {
 protected:
    FakeRandom random;
    crypto::Keyring keyring =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    AccountId anna = AccountId::make(random);
    AccountId ben = AccountId::make(random);
};

TEST_F(DeviceCookieTest, comes_back_with_the_accounts_that_signed_in) {
    DeviceCookie device = DeviceCookie::make(random);
    device.add(anna, start);

    const Result<DeviceCookie> opened = DeviceCookie::open(keyring, device.seal(keyring, random));

    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->id(), device.id());
    EXPECT_TRUE(opened->knows(anna, start));
    EXPECT_FALSE(opened->knows(ben, start));
    EXPECT_FALSE(opened->knows(anna, start + device_lifetime));
}

TEST_F(DeviceCookieTest, keeps_the_accounts_used_last) {
    DeviceCookie device = DeviceCookie::make(random);
    device.add(anna, start);
    for (std::size_t i = 0; i < DeviceCookie::max_accounts - 1; ++i) {
        device.add(AccountId::make(random), start);
    }
    device.add(anna, start);  // used again: now the newest
    device.add(ben, start);

    EXPECT_TRUE(device.knows(anna, start));
    EXPECT_TRUE(device.knows(ben, start));
}

TEST_F(DeviceCookieTest, says_who_signed_in_last_as_long_as_it_is_known_to_them) {
    DeviceCookie device = DeviceCookie::make(random);
    const bool is_nobodys = device.last_account(start) == std::nullopt;
    device.add(anna, start);
    device.add(ben, start + std::chrono::hours(1));
    device.add(anna, start + std::chrono::hours(2));

    EXPECT_TRUE(is_nobodys);
    EXPECT_EQ(device.last_account(start + std::chrono::hours(2)), anna);
    EXPECT_EQ(device.last_account(start + std::chrono::hours(2) + device_lifetime), std::nullopt);
}

TEST_F(DeviceCookieTest, refuses_what_it_did_not_seal) {
    const crypto::Keyring other = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    std::string sealed = DeviceCookie::make(random).seal(keyring, random);

    EXPECT_EQ(DeviceCookie::open(other, sealed).error().code, Errc::signature_invalid);
    EXPECT_EQ(DeviceCookie::open(keyring, "").error().code, Errc::malformed);
    EXPECT_FALSE(DeviceCookie::open(keyring, sealed.substr(0, sealed.size() - 4)));
}

}  // namespace
}  // namespace cardea::account
