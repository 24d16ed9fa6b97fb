// SPDX-License-Identifier: Apache-2.0
// Threat: a script tries passwords, from one address or from many, for one account or for many names, one
// after another or all at once.
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::AccountWorld;
using testing::run;

class Guessing : public ::testing::Test {
 protected:
    Result<SignedIn> guess(std::string_view name = "anna@example.com") {
        // From a new address each time: what is tested here are the limits of the account.
        world.facts.client_address = "198.51.100." + std::to_string(++address_ % 250);
        return world.sign_in(name, "wrong password");
    }
    seconds wait_after(int tries, std::string_view name) {
        for (int i = 0; i < tries; ++i) {
            EXPECT_EQ(guess(name).error().code, Errc::credentials_wrong);
        }
        const Error refusal = guess(name).error();
        EXPECT_EQ(refusal.code, Errc::rate_limited);
        return refusal.retry_after;
    }

    AccountWorld world;
    AccountRecord anna = world.person("anna@example.com", "anna");
    int address_ = 0;
};

TEST_F(Guessing, asvs5_6_3_1_five_tries_are_free_then_each_waits_twice_as_long) {
    EXPECT_EQ(wait_after(5, "anna@example.com"), seconds(1));
    for (const int wait : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
        EXPECT_EQ(guess().error().retry_after, seconds(wait));
        world.clock.advance(seconds(wait) - Duration(1));
        EXPECT_EQ(guess().error().code, Errc::rate_limited);
        world.clock.advance(Duration(1));
        EXPECT_EQ(guess().error().code, Errc::credentials_wrong);
    }
}

TEST_F(Guessing, waits_as_long_as_it_was_told_though_the_clock_went_back) {
    EXPECT_EQ(wait_after(5, "anna@example.com"), seconds(1));
    world.clock.advance(-minutes(60));
    EXPECT_EQ(guess().error().retry_after, seconds(1));

    world.clock.advance(seconds(1));

    EXPECT_EQ(guess().error().code, Errc::credentials_wrong);
}

TEST_F(Guessing, asvs5_6_3_8_a_name_that_does_not_exist_is_limited_alike) {
    EXPECT_EQ(wait_after(5, "nobody@example.com"), seconds(1));
    EXPECT_EQ(wait_after(5, "nobody"), seconds(1));
    EXPECT_EQ(wait_after(5, "no such @ name"), seconds(1));
}

TEST_F(Guessing, asvs5_6_3_8_a_restart_does_not_tell_which_names_exist) {
    world.fail_sign_ins("anna", 100);
    world.fail_sign_ins("nobody", 100);
    GuessGuard fresh({}, world.keyring, world.clock, world.random);
    AccountService restarted(world.parts_with(world.passwords, fresh, world.audit), {});
    const auto refusal = [&](std::string_view name) {
        Credentials credentials{std::string(name), SecretText(AccountWorld::good_password)};
        const auto tried = run(restarted.sign_in(std::move(credentials), {}, {}, std::nullopt));
        return tried ? std::pair(Errc::internal, seconds(0))
                     : std::pair(tried.error().code, tried.error().retry_after);
    };

    for (int i = 0; i < 20; ++i) {
        world.clock.advance(seconds(i));
        EXPECT_EQ(refusal("anna"), refusal("nobody")) << i;
    }
}

TEST_F(Guessing, both_names_of_an_account_share_its_bucket) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(guess(i % 2 == 0 ? "anna" : "ANNA@example.com").error().code, Errc::credentials_wrong);
    }

    EXPECT_EQ(guess("anna").error().code, Errc::rate_limited);
    EXPECT_EQ(guess("anna@example.com").error().code, Errc::rate_limited);
}

TEST_F(Guessing, a_limited_try_is_refused_though_the_password_is_right) {
    wait_after(5, "anna");

    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::rate_limited);
}

TEST_F(Guessing, a_success_forgets_the_failures_before_it) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(guess().error().code, Errc::credentials_wrong);
    }
    ASSERT_TRUE(world.sign_in("anna"));

    EXPECT_EQ(wait_after(5, "anna"), seconds(1));
    EXPECT_EQ(run(world.directory.find("anna"))->failed_attempts, 5);
}

TEST_F(Guessing, many_tries_at_the_same_moment_are_no_more_than_five) {
    std::vector<Task<Result<SignedIn>>> tries;
    for (int i = 0; i < 50; ++i) {
        Credentials credentials{"anna", SecretText("wrong password")};
        tries.push_back(world.service.sign_in(std::move(credentials), {}, {}, std::nullopt));
    }

    int compared = 0;
    for (const Result<SignedIn>& result : testing::run_all(std::move(tries))) {
        compared += result.error().code == Errc::credentials_wrong ? 1 : 0;
    }

    EXPECT_EQ(compared, 5);
}

TEST_F(Guessing, every_one_of_many_failures_at_the_same_moment_is_remembered) {
    std::vector<Task<Result<SignedIn>>> tries;
    for (int i = 0; i < 5; ++i) {
        Credentials credentials{"anna", SecretText("wrong password")};
        tries.push_back(world.service.sign_in(std::move(credentials), {}, {}, std::nullopt));
    }
    testing::run_all(std::move(tries));

    EXPECT_EQ(run(world.directory.find("anna"))->failed_attempts, 5);
}

TEST_F(Guessing, a_failure_that_is_counted_late_brings_none_back_that_a_success_forgot) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(guess().error().code, Errc::credentials_wrong);
    }
    world.accounts.before_count = [&] { EXPECT_TRUE(world.sign_in("anna")); };
    EXPECT_EQ(guess().error().code, Errc::credentials_wrong);

    EXPECT_EQ(run(world.directory.find("anna"))->failed_attempts, 1);
}

TEST_F(Guessing, asvs5_6_1_1_a_known_device_is_not_locked_out_by_strangers) {
    const std::string known = world.sign_in("anna")->device_cookie;
    world.fail_sign_ins("anna", 100);
    world.clock.advance(minutes(60));
    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);

    world.facts.device_cookie = known;
    EXPECT_TRUE(world.sign_in("anna"));
    world.facts.device_cookie.clear();
    EXPECT_TRUE(world.sign_in("anna"));  // the row of failures has ended
}

TEST_F(Guessing, a_known_device_waits_longer_and_longer_too) {
    world.facts.device_cookie = world.sign_in("anna")->device_cookie;

    EXPECT_EQ(wait_after(5, "anna"), seconds(1));

    world.facts.device_cookie.clear();
    EXPECT_TRUE(world.sign_in("anna"));
}

TEST_F(Guessing, a_device_known_to_one_account_is_a_stranger_to_another) {
    world.person("mallory@example.com");
    world.facts.device_cookie = world.sign_in("mallory@example.com")->device_cookie;

    world.fail_sign_ins("anna", 100);
    world.clock.advance(minutes(60));

    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);
}

TEST_F(Guessing, a_forged_device_cookie_makes_no_known_device) {
    world.fail_sign_ins("anna", 100);
    world.clock.advance(minutes(60));
    const crypto::Keyring other = crypto::Keyring::parse("another-secret-9876543210-zyxwvutsrqponm").value();
    DeviceCookie device = DeviceCookie::make(world.random);
    device.add(anna.id, world.clock.now());
    world.facts.device_cookie = device.seal(other, world.random);

    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);
}

TEST_F(Guessing, a_hundred_failures_are_remembered_over_a_restart) {
    world.fail_sign_ins("anna", 99);
    GuessGuard fresh({}, world.keyring, world.clock, world.random);
    std::optional<AccountRecord> row = run(world.directory.find("anna")).value();
    EXPECT_FALSE(fresh.is_locked({row, {}, std::nullopt}));

    world.fail_sign_ins("anna", 1);
    row = run(world.directory.find("anna")).value();

    EXPECT_TRUE(fresh.is_locked({row, {}, std::nullopt}));
    EXPECT_FALSE(fresh.is_locked({row, {}, KnownCaller(SessionId::make(world.random))}));
}

TEST_F(Guessing, the_operator_sees_that_an_account_is_locked) {
    world.fail_sign_ins("anna", 100);
    world.clock.advance(minutes(60));

    const Error refusal = world.sign_in("anna").error();

    const Result<audit::Refusal> why = world.references.explain(refusal.reference);
    ASSERT_TRUE(why);
    EXPECT_EQ(why->rule, audit::Rule::account_locked);
}

TEST_F(Guessing, the_second_door_counts_like_the_first) {
    const SignedIn thief = world.sign_in("anna").value();

    for (int i = 0; i < 5; ++i) {
        const auto tried = run(world.service.confirm_password(thief.session.record, SecretText("wrong"), {}));
        EXPECT_EQ(tried.error().code, Errc::credentials_wrong);
    }
    PasswordChange change{SecretText("wrong"), SecretText("another good passphrase")};
    const auto tried = run(world.service.change_password(thief.session.record, std::move(change), {}));
    EXPECT_EQ(tried.error().code, Errc::rate_limited);
}

TEST_F(Guessing, one_address_may_not_try_many_names) {
    world.facts.client_address = "2001:db8:1:2::1";
    int let_through = 0;
    for (int i = 0; i < 200; ++i) {
        world.facts.client_address = "2001:db8:1:2::" + std::to_string(i);  // all in one /64
        let_through += world.refusal("name" + std::to_string(i)) == Errc::credentials_wrong ? 1 : 0;
    }

    EXPECT_EQ(let_through, 60);
    world.facts.client_address = "2001:db8:1:3::1";
    EXPECT_TRUE(world.sign_in("anna"));
}

TEST_F(Guessing, limits_that_are_off_limit_nothing) {
    AccountWorld unlimited({.guessing = {.enabled = false}});

    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(unlimited.refusal("anna"), Errc::credentials_wrong);
    }
}

TEST_F(Guessing, refusals_by_limits_do_not_fill_the_audit_log) {
    wait_after(5, "anna");
    const std::size_t before = world.rows().size();

    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(guess("anna").error().code, Errc::rate_limited);
    }

    EXPECT_EQ(world.rows().size(), before);
}

}  // namespace
}  // namespace cardea::account
