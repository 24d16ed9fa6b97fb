// SPDX-License-Identifier: Apache-2.0
#include "tests/support/account_world.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::testing {

namespace {

class AccountApiKeys : public ::testing::Test {
 protected:
    AccountApiKeys() { world_.person("ann@example.com"); }

    session::SessionRecord sign_in() { return world_.sign_in("ann@example.com").value().session.record; }

    Result<apikey::IssuedApiKey> try_issue(
        const session::SessionRecord& session, std::string name = "deploy"
    ) {
        apikey::NewApiKey wish;
        wish.name = std::move(name);
        wish.scopes = {"reports:read"};
        return run(world_.service.issue_api_key(session, std::move(wish), world_.facts));
    }
    apikey::IssuedApiKey issue() { return std::move(try_issue(sign_in())).value(); }

    std::optional<Errc> refusal_of(const apikey::IssuedApiKey& issued) {
        const Result<apikey::KeyPointer> key = run(world_.api_keys.authenticate(issued.key.hash()));
        return key ? std::nullopt : std::optional(key.error().code);
    }

    std::ptrdiff_t rows_of(std::string_view event) {
        const std::vector<audit::AuditRecord> rows = world_.rows();
        return std::ranges::count(rows, event, &audit::AuditRecord::event);
    }

    AccountWorld world_;
};

}  // namespace

TEST_F(AccountApiKeys, are_made_by_who_signed_in_lately_and_audited) {
    const session::SessionRecord session = sign_in();

    const Result<apikey::IssuedApiKey> issued = try_issue(session, "  nightly report ");

    ASSERT_TRUE(issued);
    EXPECT_EQ(issued->record.account, session.account);
    EXPECT_EQ(issued->record.name, "nightly report");
    EXPECT_EQ(refusal_of(*issued), std::nullopt);
    EXPECT_EQ(rows_of("api_key.issued"), 1);
    for (const audit::AuditRecord& row : world_.rows()) {
        EXPECT_FALSE(row.personal.contains(issued->key.text().expose())) << row.event;
    }
}

TEST_F(AccountApiKeys, take_no_account_but_that_of_the_session) {
    const account::AccountRecord victim = world_.person("bob@example.com");
    apikey::NewApiKey wish;
    wish.account = victim.id;
    wish.name = "mine";

    const auto issued = run(world_.service.issue_api_key(sign_in(), std::move(wish), world_.facts));

    ASSERT_TRUE(issued);
    EXPECT_NE(issued->record.account, victim.id);
}

TEST_F(AccountApiKeys, ask_for_a_fresh_sign_in_after_ten_minutes) {
    const session::SessionRecord session = sign_in();
    const apikey::IssuedApiKey old = issue();
    world_.clock.advance(std::chrono::minutes(10) + Duration(1));

    EXPECT_EQ(try_issue(session).error().code, Errc::step_up_required);
    EXPECT_EQ(
        run(world_.service.rotate_api_key(session, {old.record.id, Duration(0)}, world_.facts)).error().code,
        Errc::step_up_required
    );
    EXPECT_TRUE(run(world_.service.revoke_api_key(session, old.record.id, world_.facts)));
}

TEST_F(AccountApiKeys, refuse_a_name_that_cannot_be_shown) {
    for (const std::string& name :
         {std::string(), std::string("a\u202Eb"), std::string("\xFF"), std::string(101, 'a')}) {
        EXPECT_EQ(try_issue(sign_in(), name).error().code, Errc::invalid) << name;
    }
}

TEST_F(AccountApiKeys, are_rotated_and_revoked_only_by_their_owner) {
    const apikey::IssuedApiKey issued = issue();
    world_.person("eve@example.com");
    const session::SessionRecord eve = world_.sign_in("eve@example.com").value().session.record;
    const account::ApiKeyRotation rotation{.key = issued.record.id, .overlap = std::chrono::hours(1)};

    EXPECT_EQ(
        run(world_.service.revoke_api_key(eve, issued.record.id, world_.facts)).error().code, Errc::not_found
    );
    EXPECT_EQ(run(world_.service.rotate_api_key(eve, rotation, world_.facts)).error().code, Errc::not_found);
    EXPECT_EQ(refusal_of(issued), std::nullopt);

    ASSERT_TRUE(run(world_.service.rotate_api_key(sign_in(), rotation, world_.facts)));
    ASSERT_TRUE(run(world_.service.revoke_api_key(sign_in(), issued.record.id, world_.facts)));
    EXPECT_EQ(refusal_of(issued), Errc::api_key_unknown);
    EXPECT_EQ(rows_of("api_key.rotated"), 1);
    EXPECT_EQ(rows_of("api_key.revoked"), 1);
}

TEST_F(AccountApiKeys, stop_with_their_account_and_start_again_with_it) {
    const apikey::IssuedApiKey issued = issue();
    ASSERT_EQ(refusal_of(issued), std::nullopt);

    ASSERT_TRUE(run(world_.directory.disable(issued.record.account, "operator")));
    EXPECT_EQ(refusal_of(issued), Errc::account_disabled);

    ASSERT_TRUE(run(world_.directory.enable(issued.record.account, "operator")));
    EXPECT_EQ(refusal_of(issued), std::nullopt);

    ASSERT_TRUE(run(world_.directory.remove(issued.record.account, "operator")));
    EXPECT_EQ(refusal_of(issued), Errc::api_key_unknown);
}

TEST_F(AccountApiKeys, that_are_refused_are_audited_once_an_hour) {
    const apikey::IssuedApiKey issued = issue();
    world_.clock.advance(apikey::default_lifetime);
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ(refusal_of(issued), Errc::api_key_expired);
    }
    EXPECT_EQ(rows_of("api_key.used"), 1);

    world_.clock.advance(std::chrono::hours(1));
    ASSERT_EQ(refusal_of(issued), Errc::api_key_expired);

    EXPECT_EQ(rows_of("api_key.used"), 2);
}

}  // namespace cardea::testing
