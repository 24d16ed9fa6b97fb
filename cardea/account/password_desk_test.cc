// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/password_desk.h"

#include "cardea/crypto/keyring.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

TEST(PasswordDesk, may_be_gone_before_those_who_wait_for_it_go_on) {
    SystemRandom random;
    const auto keyring = crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    const auto password = [] { return password::Password::parse("tangerine parasol 42").value(); };
    const AccountId anna = AccountId::make(random);
    boost::asio::io_context context(1);
    auto desk = std::make_unique<PasswordDesk>(PasswordDeskOptions{.threads = 1}, keyring, random);
    int answers = 0;
    const auto count = [&](const std::exception_ptr& failure, const Result<std::string>& hash) {
        EXPECT_EQ(failure, nullptr);
        EXPECT_TRUE(hash || hash.error().code == Errc::busy);
        ++answers;
    };
    boost::asio::co_spawn(context, desk->hash(password(), anna), count);
    boost::asio::co_spawn(context, desk->hash(password(), anna), count);
    context.poll();

    desk.reset();
    context.run();

    EXPECT_EQ(answers, 2);
}

}  // namespace
}  // namespace cardea::account
