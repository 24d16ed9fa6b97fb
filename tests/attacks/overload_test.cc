// SPDX-License-Identifier: Apache-2.0
// Threat: somebody who has an account, or who shares an address with others, keeps everybody else from
// signing in.
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using testing::run;

class Overload : public ::testing::Test {
 protected:
    RequestFacts from_elsewhere() {
        RequestFacts facts;
        facts.client_address = "198.51.100." + std::to_string(++address_ % 250);
        return facts;
    }
    session::SessionRecord new_session(std::string_view name) {
        world.facts = from_elsewhere();
        return world.sign_in(name).value().session.record;
    }
    Task<Result<session::IssuedSession>> confirm(const session::SessionRecord& session, RequestFacts facts) {
        SecretText password(AccountWorld::good_password);
        return world.service.confirm_password(session, std::move(password), std::move(facts));
    }
    /// Uses up what the address may try.
    void exhaust(const std::string& address) {
        world.facts.client_address = address;
        int tried = 0;
        while (world.refusal("name" + std::to_string(++tried)) == Errc::credentials_wrong) {
        }
        EXPECT_EQ(tried, 61);
    }

    AccountWorld world{testing::WorldOptions{
        .passwords =
            {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1, .queue_limit = 8}
    }};
    AccountRecord anna = world.person("anna@example.com", "anna");
    AccountRecord mallory = world.person("mallory@example.com", "mallory");
    int address_ = 0;
};

TEST_F(Overload, one_account_does_not_fill_the_queue_of_the_hashes) {
    std::vector<Task<Result<session::IssuedSession>>> tasks;
    for (int i = 0; i < 40; ++i) {
        tasks.push_back(confirm(new_session("mallory"), from_elsewhere()));
    }
    tasks.push_back(confirm(new_session("anna"), from_elsewhere()));

    const auto results = testing::run_all(std::move(tasks));

    EXPECT_TRUE(results.back());
    EXPECT_TRUE(results.front());
    int busy = 0;
    for (const Result<session::IssuedSession>& result : results) {
        busy +=
            !result && result.error().code == Errc::busy && result.error().retry_after.count() > 0 ? 1 : 0;
    }
    EXPECT_GE(busy, 30);
}

TEST_F(Overload, a_turn_is_given_back) {
    session::SessionRecord session = new_session("mallory");
    for (int i = 0; i < 20; ++i) {
        Result<session::IssuedSession> again = run(confirm(session, from_elsewhere()));
        ASSERT_TRUE(again) << i;
        session = again->record;
    }
}

TEST_F(Overload, a_new_password_that_nobody_may_choose_costs_no_hash) {
    const session::SessionRecord session = new_session("mallory");
    PasswordDesk no_more({.threads = 1, .queue_limit = 0}, world.keyring, world.random);
    AccountService service(world.parts_with(no_more, world.guard, world.audit), {});
    const auto change = [&](std::string_view replacement) {
        PasswordChange wanted{SecretText(AccountWorld::good_password), SecretText(replacement)};
        return run(service.change_password(session, std::move(wanted), from_elsewhere())).error().code;
    };

    EXPECT_EQ(change("short"), Errc::password_too_short);
    EXPECT_EQ(change("another good passphrase"), Errc::busy);
}

TEST_F(Overload, the_sessions_of_one_account_do_not_hash_without_end) {
    session::SessionRecord session = new_session("mallory");
    RequestFacts facts;
    facts.client_address = "203.0.113.1";
    int let_through = 0;
    for (int i = 0; i < 200; ++i) {
        const Result<session::IssuedSession> again = run(confirm(session, facts));
        if (!again) {
            EXPECT_EQ(again.error().code, Errc::rate_limited);
            continue;
        }
        session = again->record;
        ++let_through;
    }

    EXPECT_EQ(let_through, 70);  // what the address may try, and what the account may try besides
}

TEST_F(Overload, neighbours_keep_nobody_out_of_what_is_known_to_be_theirs) {
    const std::string known = world.sign_in("anna").value().device_cookie;
    const session::SessionRecord session = new_session("anna");
    exhaust("203.0.113.1");
    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::rate_limited);

    EXPECT_TRUE(run(confirm(session, world.facts)));
    world.facts.device_cookie = known;
    EXPECT_TRUE(world.sign_in("anna"));
    EXPECT_EQ(world.refusal("mallory", AccountWorld::good_password), Errc::rate_limited);
}

TEST_F(Overload, many_known_devices_are_no_way_around_the_limit_of_an_address) {
    std::vector<std::string> known;
    for (int i = 0; i < 5; ++i) {
        world.facts = from_elsewhere();
        known.push_back(world.sign_in("mallory").value().device_cookie);
    }
    exhaust("203.0.113.1");

    int let_through = 0;
    for (int i = 0; i < 50; ++i) {
        world.facts.device_cookie = known[static_cast<std::size_t>(i) % known.size()];
        let_through += world.sign_in("mallory") ? 1 : 0;
    }
    EXPECT_EQ(let_through, 10);
}

}  // namespace
}  // namespace cardea::account
