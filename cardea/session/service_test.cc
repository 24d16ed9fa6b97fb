// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/service.h"

#include "tests/support/session_service_fixture.h"

#include <gtest/gtest.h>

namespace cardea::session {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::CountingLoader;
using testing::run;
using testing::SessionServiceTest;
using Fault = testing::FaultySessionStore::Fault;

TEST_F(SessionServiceTest, accepts_what_it_issued) {
    const IssuedSession issued = issue();
    const Credential credential = credential_of(issued);

    EXPECT_EQ(service_.find_cached(credential), nullptr);
    const Result<SessionPointer> session = run(service_.authenticate(credential));

    ASSERT_TRUE(session);
    EXPECT_EQ((*session)->record().id, issued.record.id);
    EXPECT_EQ((*session)->record().account, account_);
    EXPECT_EQ(service_.find_cached(credential), *session);
    EXPECT_EQ(subjects_.loads, 1);
}

TEST_F(SessionServiceTest, asvs5_7_2_3_stores_the_hash_of_the_token_only) {
    const IssuedSession issued = issue();

    const auto stored = run(memory_.find(issued.token.hash())).value();

    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->token_hash, issued.record.token_hash);
    const std::string_view text = as_text(stored->token_hash);
    EXPECT_EQ(text.find(issued.token.text().expose()), std::string_view::npos);
}

TEST_F(SessionServiceTest, gives_the_lifetime_that_was_asked_for) {
    const SessionRecord browser = issue().record;
    const SessionRecord persistent = issue(Persistence::persistent).record;

    EXPECT_EQ(browser.idle, hours(1));
    EXPECT_EQ(browser.expires_at, clock_.now() + hours(24));
    EXPECT_EQ(persistent.idle, hours(7 * 24));
    EXPECT_EQ(persistent.expires_at, clock_.now() + hours(30 * 24));
}

TEST_F(SessionServiceTest, cuts_a_long_user_agent_between_characters) {
    NewSession wish = make_wish();
    wish.user_agent = std::string(max_user_agent_bytes - 1, 'x') + "\xC3\xA9";

    const Result<IssuedSession> issued = run(service_.issue(std::move(wish)));

    ASSERT_TRUE(issued);
    EXPECT_EQ(issued->record.user_agent, std::string(max_user_agent_bytes - 1, 'x'));
}

TEST_F(SessionServiceTest, refuses_an_unknown_token) {
    FakeRandom other(99);

    EXPECT_EQ(refusal_of(Credential{SessionToken::make(other).hash(), {}}), Errc::unauthenticated);
}

TEST_F(SessionServiceTest, refuses_a_token_by_the_other_transport) {
    const IssuedSession cookie = issue();
    NewSession wish = make_wish();
    wish.transport = Transport::bearer;
    const IssuedSession bearer = std::move(run(service_.issue(std::move(wish))).value());
    const Credential cookie_as_bearer{cookie.token.hash(), Transport::bearer};
    const Credential bearer_as_cookie{bearer.token.hash(), Transport::cookie};

    for (int round = 0; round < 2; ++round) {  // from the store, then with the session in the cache
        EXPECT_EQ(refusal_of(cookie_as_bearer), Errc::unauthenticated);
        EXPECT_EQ(refusal_of(bearer_as_cookie), Errc::unauthenticated);
        EXPECT_EQ(refusal_of(cookie), std::nullopt);
        EXPECT_EQ(refusal_of(bearer), std::nullopt);
    }
    EXPECT_EQ(service_.find_cached(cookie_as_bearer), nullptr);
}

TEST_F(SessionServiceTest, ends_an_idle_session_in_the_store_and_in_the_cache) {
    const IssuedSession cached = issue();
    const IssuedSession stored = issue();
    ASSERT_EQ(refusal_of(cached), std::nullopt);

    clock_.advance(hours(1));

    EXPECT_EQ(service_.find_cached(credential_of(cached)), nullptr);
    EXPECT_EQ(refusal_of(cached), Errc::expired);
    EXPECT_EQ(refusal_of(stored), Errc::expired);
}

TEST_F(SessionServiceTest, ends_a_busy_session_at_its_absolute_end) {
    const IssuedSession issued = issue();
    while (clock_.now() + minutes(50) < issued.record.expires_at) {
        ASSERT_EQ(refusal_of(issued), std::nullopt);
        clock_.advance(minutes(50));
    }
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    clock_.set(issued.record.expires_at);

    EXPECT_EQ(service_.find_cached(credential_of(issued)), nullptr);
    EXPECT_EQ(refusal_of(issued), Errc::expired);
}

TEST_F(SessionServiceTest, asvs5_7_2_4_ends_the_session_that_a_sign_in_replaces) {
    const IssuedSession old = issue();
    ASSERT_EQ(refusal_of(old), std::nullopt);
    NewSession wish = make_wish();
    wish.replaces = name_of(old.record);

    const IssuedSession fresh = std::move(run(service_.issue(std::move(wish))).value());

    EXPECT_EQ(service_.find_cached(credential_of(old)), nullptr);
    EXPECT_EQ(refusal_of(old), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(fresh), std::nullopt);
}

TEST_F(SessionServiceTest, ends_the_session_unseen_for_the_longest_time_when_an_account_has_too_many) {
    const IssuedSession oldest = issue();
    clock_.advance(std::chrono::seconds(1));
    const IssuedSession second = issue();
    for (std::size_t i = 2; i < max_sessions_per_account; ++i) {
        EXPECT_FALSE(issue().displaced_one);
    }
    ASSERT_EQ(refusal_of(oldest), std::nullopt);  // it is in the cache from now on

    const IssuedSession one_too_many = issue();

    EXPECT_TRUE(one_too_many.displaced_one);
    EXPECT_EQ(refusal_of(oldest), Errc::unauthenticated);
    EXPECT_EQ(refusal_of(second), std::nullopt);
    EXPECT_EQ(refusal_of(one_too_many), std::nullopt);
    EXPECT_EQ(run(service_.list(account_))->size(), max_sessions_per_account);
}

TEST_F(SessionServiceTest, begins_one_session_for_a_one_time_value) {
    const OneTimeUse use{random_.bytes<32>(), clock_.now() + std::chrono::minutes(10)};
    NewSession first = make_wish();
    first.consumes = use;
    NewSession second = make_wish();
    second.consumes = use;

    EXPECT_TRUE(run(service_.issue(std::move(first))));
    EXPECT_EQ(run(service_.issue(std::move(second))).error().code, Errc::replayed);
    EXPECT_EQ(run(service_.list(account_))->size(), 1U);
}

TEST_F(SessionServiceTest, rotates_to_a_token_that_replaces_the_old_one) {
    const IssuedSession old = issue();
    ASSERT_EQ(refusal_of(old), std::nullopt);

    const Result<SessionToken> token = run(service_.rotate(old.token.hash()));

    ASSERT_TRUE(token);
    EXPECT_EQ(refusal_of(old), Errc::unauthenticated);
    const Result<SessionPointer> session = run(service_.authenticate({token->hash(), old.record.transport}));
    ASSERT_TRUE(session);
    EXPECT_EQ((*session)->record().id, old.record.id);
    EXPECT_EQ((*session)->record().expires_at, old.record.expires_at);
}

TEST_F(SessionServiceTest, does_not_rotate_a_session_that_is_gone) {
    const IssuedSession issued = issue();
    ASSERT_TRUE(run(service_.revoke_token(issued.token.hash())));

    const Result<SessionToken> token = run(service_.rotate(issued.token.hash()));

    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code, Errc::unauthenticated);
}

TEST_F(SessionServiceTest, accepts_nothing_while_the_store_is_away_but_what_it_knows) {
    const IssuedSession known = issue();
    const IssuedSession unknown = issue();
    ASSERT_EQ(refusal_of(known), std::nullopt);
    store_.fail_call(1, Fault::before);

    EXPECT_EQ(refusal_of(known), std::nullopt);
    EXPECT_EQ(refusal_of(unknown), Errc::store_unavailable);
}

TEST_F(SessionServiceTest, passes_on_what_the_subject_loader_refuses) {
    const IssuedSession issued = issue();
    subjects_.refusal = Errc::account_disabled;

    EXPECT_EQ(refusal_of(issued), Errc::account_disabled);
    EXPECT_EQ(service_.find_cached(credential_of(issued)), nullptr);
}

TEST_F(SessionServiceTest, loads_the_subject_anew_when_the_account_changed) {
    const IssuedSession issued = issue();
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    service_.drop_cached(account_);
    const Result<SessionPointer> session = run(service_.authenticate(credential_of(issued)));

    ASSERT_TRUE(session);
    EXPECT_EQ(static_cast<const CountingLoader::Counted&>((*session)->subject()).number, 2);
}

TEST_F(SessionServiceTest, lists_the_live_sessions_of_an_account) {
    const IssuedSession ended = issue();
    clock_.advance(hours(2));
    const IssuedSession older = issue();
    clock_.advance(minutes(1));
    const IssuedSession newer = issue();

    const Result<std::vector<SessionRecord>> sessions = run(service_.list(account_));

    ASSERT_TRUE(sessions);
    ASSERT_EQ(sessions->size(), 2U);
    EXPECT_EQ((*sessions)[0].id, newer.record.id);
    EXPECT_EQ((*sessions)[1].id, older.record.id);
}

TEST_F(SessionServiceTest, shows_new_data_to_the_next_request) {
    const IssuedSession issued = issue();
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    ASSERT_TRUE(run(service_.update_data(issued.token.hash(), R"({"cart":[1]})", 0)));
    const Result<> late = run(service_.update_data(issued.token.hash(), "{}", 0));

    const Result<SessionPointer> session = run(service_.authenticate(credential_of(issued)));
    ASSERT_TRUE(session);
    EXPECT_EQ((*session)->record().data, R"({"cart":[1]})");
    EXPECT_EQ((*session)->record().version, 1);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Errc::conflict);
}

TEST_F(SessionServiceTest, refuses_data_that_is_no_small_json_object) {
    const IssuedSession issued = issue();
    const std::string large = R"({"x":")" + std::string(max_data_bytes, 'x') + R"("})";
    NewSession wish = make_wish();
    wish.data = "[]";

    for (const char* data : {"", "[]", "1", "{", R"({"a":1,"a":2})"}) {
        const Result<> updated = run(service_.update_data(issued.token.hash(), data, 0));
        ASSERT_FALSE(updated) << data;
        EXPECT_EQ(updated.error().code, Errc::malformed) << data;
    }
    EXPECT_EQ(run(service_.update_data(issued.token.hash(), large, 0)).error().code, Errc::too_large);
    EXPECT_EQ(run(service_.issue(std::move(wish))).error().code, Errc::malformed);
}

TEST_F(SessionServiceTest, writes_when_sessions_were_last_seen) {
    const IssuedSession issued = issue();
    for (int count = 0; count < 90; ++count) {
        ASSERT_EQ(refusal_of(issued), std::nullopt);
        clock_.advance(std::chrono::seconds(1));
    }

    ASSERT_TRUE(run(service_.flush_last_seen()));

    const auto stored = run(memory_.find(issued.token.hash())).value();
    EXPECT_EQ(stored->last_seen_at, issued.record.created_at + minutes(1));
}

TEST_F(SessionServiceTest, a_session_in_use_never_looks_idle_before_its_uses_are_written) {
    SessionOptions options;
    options.policy.browser_session.idle = std::chrono::seconds(20);
    SessionService service({store_, subjects_, clock_, random_}, options);
    const IssuedSession asking = run(service.issue(make_wish())).value();
    ASSERT_TRUE(run(service.issue(make_wish()))) << "one that nobody uses";
    for (int count = 0; count < 20; ++count) {
        ASSERT_TRUE(run(service.authenticate(credential_of(asking))));
        clock_.advance(std::chrono::seconds(2));
    }

    const std::vector<SessionRecord> listed = run(service.list(account_)).value();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed.front().id, asking.record.id);
    EXPECT_EQ(listed.front().last_seen_at + std::chrono::seconds(4), clock_.now());
    EXPECT_EQ(run(service.revoke_others(name_of(asking.record))), 1U);
    EXPECT_TRUE(run(service.authenticate(credential_of(asking)))) << "ending the others ended it";

    const Result<SessionToken> rotated = run(service.rotate(asking.token.hash()));
    ASSERT_TRUE(rotated);
    EXPECT_TRUE(run(service.authenticate({rotated->hash(), asking.record.transport})));
    clock_.advance(std::chrono::seconds(20));
    EXPECT_FALSE(run(service.authenticate({rotated->hash(), asking.record.transport})));
}

TEST_F(SessionServiceTest, does_not_ask_the_store_when_nothing_was_seen) {
    store_.fail_call(1, Fault::before);

    EXPECT_TRUE(run(service_.flush_last_seen()));
}

TEST_F(SessionServiceTest, keeps_a_session_alive_that_is_used_across_restarts) {
    const IssuedSession issued = issue();
    for (int restart = 0; restart < 5; ++restart) {
        SessionService service({store_, subjects_, clock_, random_}, {});
        ASSERT_TRUE(run(service.authenticate(credential_of(issued)))) << restart;
        ASSERT_TRUE(run(service.flush_last_seen()));
        clock_.advance(minutes(55));
    }
}

TEST_F(SessionServiceTest, sweeps_what_has_ended_in_bounded_steps) {
    const IssuedSession live = issue(Persistence::persistent);
    for (int count = 0; count < 3; ++count) {
        issue();
    }
    clock_.advance(hours(1) + minutes(59));
    EXPECT_EQ(run(service_.sweep(2)), 0U) << "for an hour it is known which clock ended them";
    clock_.advance(minutes(1));

    EXPECT_EQ(run(service_.sweep(2)), 2U);
    EXPECT_EQ(run(service_.sweep(2)), 1U);
    EXPECT_EQ(refusal_of(live), std::nullopt);
}

}  // namespace
}  // namespace cardea::session
