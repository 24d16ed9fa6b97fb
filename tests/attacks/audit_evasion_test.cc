// SPDX-License-Identifier: Apache-2.0
// Threat: somebody does something and sees to it that the audit log does not have it; or fills the log, and
// the disk, with what anybody can do at no cost.
#include "tests/support/account_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::account {
namespace {

using testing::AccountWorld;
using ::testing::IsEmpty;
using testing::run;
using ::testing::SizeIs;

/// A log that takes nothing: it is full, or its disk is.
class NoRows final : public audit::AuditStore {
 public:
    Task<Result<>> append(std::vector<audit::AuditRecord> /*rows*/, audit::Awaited /*awaited*/) override {
        co_return fail(Errc::store_unavailable);
    }
    Task<Result<std::optional<audit::AuditRecord>>> head() override {
        co_return std::optional<audit::AuditRecord>();
    }
    Task<Result<std::vector<audit::AuditRecord>>> read(std::int64_t /*first*/, std::size_t /*limit*/)
        override {
        co_return std::vector<audit::AuditRecord>();
    }
    Task<Result<std::size_t>> erase_personal(AccountId /*account*/, std::string /*kept*/) override {
        co_return std::size_t{0};
    }
};

class AuditEvasion : public ::testing::Test {
 protected:
    session::SessionRecord sign_in() { return world.sign_in("anna").value().session.record; }
    bool is_there(const session::SessionRecord& session) {
        return run(world.stores.sessions.find(session.token_hash)).value().has_value();
    }
    std::vector<apikey::ApiKeyRecord> keys() { return run(world.api_keys.list(anna.id)).value(); }
    Result<apikey::IssuedApiKey> issue(AccountService& service, const session::SessionRecord& session) {
        apikey::NewApiKey wish;
        wish.name = "deploy";
        return run(service.issue_api_key(session, std::move(wish), world.facts));
    }
    std::ptrdiff_t rows_of(std::string_view event, std::string_view outcome = "success") {
        return std::ranges::count_if(world.rows(), [&](const audit::AuditRecord& row) {
            return row.event == event && row.outcome == outcome;
        });
    }

    AccountWorld world;
    AccountRecord anna = world.person("anna@example.com", "anna");
    NoRows no_rows;
    audit::AuditLog full{no_rows, world.keyring, world.clock, world.random};
};

template <class T>
Task<Result<>> outcome_of(Task<Result<T>> work) {
    Result<T> done = co_await std::move(work);
    if (!done) {
        co_return propagate(done);
    }
    co_return Result<>();
}

Errc code_of(const auto& result) {
    return result ? Errc::internal : result.error().code;
}

TEST_F(AuditEvasion, a_flood_of_refusals_hides_no_sign_in_and_no_change) {
    const session::SessionRecord old = sign_in();
    const session::SessionRecord target = sign_in();
    world.clock.advance(std::chrono::minutes(11));
    std::vector<Task<Result<>>> tasks;
    for (int i = 0; i < 6000; ++i) {
        tasks.push_back(outcome_of(world.service.revoke_other_sessions(old, world.facts)));
    }
    for (int i = 0; i < 5; ++i) {
        Credentials credentials{"anna", SecretText(AccountWorld::good_password)};
        tasks.push_back(outcome_of(world.service.sign_in(std::move(credentials), {}, world.facts, {})));
    }
    tasks.push_back(world.service.revoke_session(old, target.id, world.facts));

    const std::vector<Result<>> results = testing::run_all(std::move(tasks));

    for (auto result = results.end() - 6; result != results.end(); ++result) {
        EXPECT_TRUE(*result);
    }
    EXPECT_EQ(rows_of("session.revoked"), 1);
    EXPECT_EQ(rows_of("session.issued"), 2 + 5);
    EXPECT_EQ(rows_of("sessions.revoked", "step_up_required"), audit::noted_refusals.count);
    EXPECT_GE(rows_of("audit.dropped"), 1);
}

TEST_F(AuditEvasion, people_change_nothing_that_the_log_does_not_take) {
    AccountService service(world.parts_with(world.passwords, world.guard, full), {});
    const session::SessionRecord mine = sign_in();
    const session::SessionRecord other = sign_in();
    const apikey::IssuedApiKey key = issue(world.service, mine).value();
    PasswordChange change{SecretText(AccountWorld::good_password), SecretText("another good passphrase")};

    EXPECT_EQ(code_of(run(service.revoke_session(mine, other.id, world.facts))), Errc::store_unavailable);
    EXPECT_EQ(code_of(run(service.revoke_other_sessions(mine, world.facts))), Errc::store_unavailable);
    EXPECT_EQ(code_of(issue(service, mine)), Errc::store_unavailable);
    EXPECT_EQ(
        code_of(run(service.rotate_api_key(mine, {key.record.id, Duration(0)}, world.facts))),
        Errc::store_unavailable
    );
    EXPECT_EQ(
        code_of(run(service.revoke_api_key(mine, key.record.id, world.facts))), Errc::store_unavailable
    );
    EXPECT_TRUE(is_there(other));
    ASSERT_THAT(keys(), SizeIs(1));
    EXPECT_TRUE(keys().front().replaced_by.is_nil());

    EXPECT_EQ(
        code_of(run(service.change_password(mine, std::move(change), world.facts))), Errc::store_unavailable
    );
    EXPECT_TRUE(is_there(other));
    EXPECT_TRUE(world.sign_in("anna"));
}

TEST_F(AuditEvasion, nobody_registers_whom_the_log_does_not_take) {
    AccountService service(
        world.parts_with(world.passwords, world.guard, full), {.registration = RegistrationMode::open}
    );

    const auto made = run(service.register_account(world.registration("ben@example.com"), world.facts, {}));

    EXPECT_EQ(code_of(made), Errc::store_unavailable);
    EXPECT_EQ(code_of(run(world.directory.find("ben@example.com"))), Errc::not_found);
}

TEST_F(AuditEvasion, operators_change_nothing_that_the_log_does_not_take) {
    AccountDirectory directory(world.parts_with(world.passwords, world.guard, full), {});
    const session::SessionRecord session = sign_in();

    EXPECT_EQ(code_of(run(directory.disable(anna.id, "operator"))), Errc::store_unavailable);
    EXPECT_EQ(code_of(run(directory.remove(anna.id, "operator"))), Errc::store_unavailable);
    EXPECT_EQ(
        code_of(run(directory.set_password(anna.id, SecretText("another good passphrase"), "operator"))),
        Errc::store_unavailable
    );
    EXPECT_EQ(
        code_of(run(directory.add(world.registration("ben@example.com"), "operator"))),
        Errc::store_unavailable
    );
    EXPECT_TRUE(is_there(session));
    EXPECT_TRUE(world.sign_in("anna"));
    EXPECT_EQ(code_of(run(world.directory.find("ben@example.com"))), Errc::not_found);

    ASSERT_TRUE(run(world.directory.disable(anna.id, "operator")));
    EXPECT_EQ(code_of(run(directory.enable(anna.id, "operator"))), Errc::store_unavailable);
    EXPECT_EQ(world.refusal("anna", AccountWorld::good_password), Errc::credentials_wrong);
}

TEST_F(AuditEvasion, no_identity_is_linked_or_unlinked_that_the_log_does_not_take) {
    const AccountPolicy open{.registration = RegistrationMode::open};
    FederationService federation(world.parts_with(world.passwords, world.guard, full), open);
    AccountDirectory directory(world.parts_with(world.passwords, world.guard, full), open);
    const auto come = [&](FederationService& service, std::string subject, std::string email) {
        ProvenIdentity who;
        who.issuer = "https://accounts.example.org";
        who.subject = std::move(subject);
        who.email = std::move(email);
        who.is_email_verified = true;
        const flow::FlowState flow = service.begin_sign_in("", {});
        return run(service.sign_in(flow, std::move(who), world.wish, world.facts));
    };

    EXPECT_EQ(code_of(come(federation, "1", "ben@example.com")), Errc::store_unavailable);
    EXPECT_EQ(code_of(come(federation, "2", "anna@example.com")), Errc::store_unavailable);
    EXPECT_EQ(code_of(run(world.directory.find("ben@example.com"))), Errc::not_found);
    EXPECT_THAT(run(world.directory.list_identities(anna.id)).value(), IsEmpty());

    ASSERT_TRUE(come(world.federation, "2", "anna@example.com"));
    const FederatedIdentityId linked = run(world.directory.list_identities(anna.id)).value().front().id;
    EXPECT_EQ(
        code_of(run(directory.unlink(anna.id, linked, WayIn::may_go, "operator"))), Errc::store_unavailable
    );
    EXPECT_THAT(run(world.directory.list_identities(anna.id)).value(), SizeIs(1));
}

TEST_F(AuditEvasion, what_changes_nothing_makes_no_rows) {
    const session::SessionRecord mine = sign_in();
    const std::size_t before = world.rows().size();

    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(run(world.service.revoke_other_sessions(mine, world.facts)).value(), 0U);
        const auto nothing = SessionId::make(world.random);
        EXPECT_EQ(code_of(run(world.service.revoke_session(mine, nothing, world.facts))), Errc::not_found);
    }

    EXPECT_EQ(world.rows().size(), before);
}

TEST_F(AuditEvasion, keys_that_are_made_and_revoked_without_end_do_not_fill_the_log) {
    const session::SessionRecord mine = sign_in();
    int made = 0;
    for (int i = 0; i < 200; ++i) {
        const Result<apikey::IssuedApiKey> issued = issue(world.service, mine);
        if (!issued) {
            EXPECT_EQ(issued.error().code, Errc::rate_limited);
            EXPECT_GT(issued.error().retry_after.count(), 0);
            continue;
        }
        ++made;
        EXPECT_TRUE(run(world.service.revoke_api_key(mine, issued->record.id, world.facts)));
    }

    EXPECT_EQ(made, 60);
    EXPECT_EQ(rows_of("api_key.issued"), 60);
    world.clock.advance(std::chrono::seconds(1));
    EXPECT_TRUE(issue(world.service, mine));
}

TEST_F(AuditEvasion, the_log_says_who_removed_an_account) {
    ASSERT_TRUE(run(world.directory.remove(anna.id, "operator")));

    EXPECT_EQ(world.rows().back().event, "account.removed");
    EXPECT_THAT(world.rows().back().personal, ::testing::HasSubstr(R"("actor":"operator")"));
}

}  // namespace
}  // namespace cardea::account
