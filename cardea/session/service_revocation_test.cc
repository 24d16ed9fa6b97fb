// SPDX-License-Identifier: Apache-2.0
// Sessions that end before their time: at once, everywhere, and whatever happens meanwhile.
#include "tests/support/session_service_fixture.h"

#include <gtest/gtest.h>

#include <thread>

namespace cardea::session {
namespace {

using testing::run;
using testing::SessionServiceTest;
using Fault = testing::FaultySessionStore::Fault;

TEST_F(SessionServiceTest, asvs5_7_4_1_revokes_one_session_at_once) {
    const IssuedSession ended = issue();
    const IssuedSession signed_out = issue();
    const IssuedSession kept = issue();
    for (const IssuedSession* issued : {&ended, &signed_out, &kept}) {
        ASSERT_EQ(refusal_of(*issued), std::nullopt);
    }

    EXPECT_EQ(run(service_.revoke(account_, ended.record.id, std::nullopt)), true);
    EXPECT_EQ(run(service_.revoke_token(signed_out.token.hash())), true);

    EXPECT_EQ(service_.find_cached(credential_of(ended)), nullptr);
    EXPECT_EQ(service_.find_cached(credential_of(signed_out)), nullptr);
    EXPECT_EQ(refusal_of(ended), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(signed_out), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(kept), std::nullopt);
}

TEST_F(SessionServiceTest, does_not_revoke_the_session_of_another_account) {
    const IssuedSession issued = issue();

    EXPECT_EQ(run(service_.revoke(AccountId::make(random_), issued.record.id, std::nullopt)), false);

    EXPECT_EQ(refusal_of(issued), std::nullopt);
}

TEST_F(SessionServiceTest, asvs5_7_4_3_revokes_all_sessions_but_one) {
    const IssuedSession kept = issue();
    const IssuedSession first = issue();
    const IssuedSession second = issue();
    for (const IssuedSession* issued : {&kept, &first, &second}) {
        ASSERT_EQ(refusal_of(*issued), std::nullopt);
    }

    EXPECT_EQ(run(service_.revoke_all(account_, kept.record.id)), 2U);

    EXPECT_EQ(refusal_of(first), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(second), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(kept), std::nullopt);
    EXPECT_EQ(run(service_.revoke_all(account_, std::nullopt)), 1U);
    EXPECT_EQ(refusal_of(kept), Errc::unauthenticated);
}

TEST_F(SessionServiceTest, revokes_all_others_for_a_session_while_it_is_there) {
    const IssuedSession asking = issue();
    const IssuedSession other = issue();
    ASSERT_EQ(refusal_of(other), std::nullopt);

    EXPECT_EQ(run(service_.revoke_others(name_of(asking.record))), 1U);

    EXPECT_EQ(refusal_of(other), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(asking), std::nullopt);
    EXPECT_EQ(run(service_.revoke_others(name_of(other.record))).error().code, Errc::unauthenticated);
    EXPECT_EQ(refusal_of(asking), std::nullopt);
}

TEST_F(SessionServiceTest, forgets_a_session_whose_revocation_broke_off) {
    const IssuedSession removed = issue();
    const IssuedSession kept = issue();
    ASSERT_EQ(refusal_of(removed), std::nullopt);
    ASSERT_EQ(refusal_of(kept), std::nullopt);

    store_.fail_call(1, Fault::after);
    EXPECT_FALSE(run(service_.revoke_token(removed.token.hash())));
    store_.fail_call(1, Fault::before);
    EXPECT_FALSE(run(service_.revoke_token(kept.token.hash())));

    EXPECT_EQ(refusal_of(removed), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(kept), std::nullopt);
}

TEST_F(SessionServiceTest, forgets_the_replaced_session_when_issuing_broke_off) {
    const IssuedSession old = issue();
    ASSERT_EQ(refusal_of(old), std::nullopt);
    NewSession wish = make_wish();
    wish.replaces = name_of(old.record);
    store_.fail_call(1, Fault::after);

    const Result<IssuedSession> fresh = run(service_.issue(std::move(wish)));

    ASSERT_FALSE(fresh);
    EXPECT_EQ(fresh.error().code, Errc::store_unavailable);
    EXPECT_EQ(refusal_of(old), Errc::unauthenticated);
}

TEST_F(SessionServiceTest, reads_again_when_a_session_is_revoked_while_it_is_read) {
    const IssuedSession issued = issue();
    subjects_.during_load = [this](const SessionRecord& record) { return revoke(record); };

    EXPECT_EQ(refusal_of(issued), Errc::unauthenticated);
    EXPECT_EQ(subjects_.loads, 1);
}

TEST_F(SessionServiceTest, gives_up_when_a_session_changes_under_every_reading) {
    const IssuedSession issued = issue();
    subjects_.during_load = [this](const SessionRecord& record) { return drop_cached(record); };

    EXPECT_EQ(refusal_of(issued), Errc::busy);
}

// No revoked session is ever accepted after the revocation was answered, through store and cache.
TEST_F(SessionServiceTest, accepts_no_session_after_its_revocation_was_answered_on_any_thread) {
    constexpr std::size_t sessions = max_sessions_per_account;
    std::vector<IssuedSession> issued;
    for (std::size_t count = 0; count < sessions; ++count) {
        issued.push_back(issue());
    }
    std::vector<std::atomic<bool>> is_revoked(sessions);
    std::atomic<std::size_t> next = 0;
    std::atomic<int> violations = 0;
    const auto use = [&] {
        for (std::size_t number = 0; number < sessions; number = next.load()) {
            const bool was_revoked = is_revoked[number].load();
            const bool accepted = run(service_.authenticate(credential_of(issued[number]))).has_value();
            violations += was_revoked && accepted ? 1 : 0;
        }
    };
    {
        const std::jthread first(use);
        const std::jthread second(use);
        for (std::size_t number = 0; number < sessions; number = ++next) {
            ASSERT_TRUE(run(service_.authenticate(credential_of(issued[number]))));
            ASSERT_TRUE(run(service_.revoke(account_, issued[number].record.id, std::nullopt)));
            is_revoked[number].store(true);
            ASSERT_EQ(refusal_of(issued[number]), Errc::unauthenticated);
        }
    }

    EXPECT_EQ(violations.load(), 0);
}

}  // namespace
}  // namespace cardea::session
