// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/api_key_owners.h"
#include "cardea/account/directory.h"
#include "cardea/account/federation.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/identity.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/service.h"
#include "cardea/audit/log.h"
#include "cardea/audit/reference.h"
#include "cardea/crypto/keyring.h"
#include "tests/support/hooked_account_store.h"
#include "tests/support/hooked_identity_store.h"
#include "tests/support/memory_stores.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace cardea::testing {

/// What a world is made with; the default lets everybody register and hashes as cheaply as can be.
struct WorldOptions {
    account::AccountPolicy policy{
        .registration = account::RegistrationMode::open, .issuers = {"https://accounts.example.org"}
    };
    account::GuessPolicy guessing;
    account::PasswordDeskOptions passwords{
        .hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1
    };
};

/// Everything that people and operators do with accounts, over memory stores and a clock that stands still.
class AccountWorld {
 public:
    static constexpr std::string_view good_password = "tangerine parasol 42";

    explicit AccountWorld(WorldOptions options = {})
        : guard(options.guessing, keyring, clock, random),
          passwords(options.passwords, keyring, random),
          service(parts(), options.policy),
          directory(parts(), options.policy),
          federation(parts(), options.policy) {}

    account::Parts parts() { return parts_with(passwords, guard, audit); }
    /// The same with a queue that is full, a guard after a restart, a log that takes nothing ...
    account::Parts parts_with(
        account::PasswordDesk& other_passwords, account::GuessGuard& other_guard, audit::AuditLog& other_audit
    ) {
        return {
            .accounts = accounts,
            .identities = identity_rows,
            .sessions = sessions,
            .api_keys = api_keys,
            .flows = flows,
            .passwords = other_passwords,
            .guard = other_guard,
            .audit = other_audit,
            .references = references,
            .clock = clock,
            .random = random,
        };
    }

    account::Registration registration(std::string_view email, std::string_view username = {}) {
        account::Registration out;
        out.email = email;
        out.username = username;
        out.password = SecretText(good_password);
        return out;
    }

    Result<account::AccountRecord> register_as(account::Registration registration) {
        return run(service.register_account(std::move(registration), facts, std::nullopt));
    }
    account::AccountRecord person(std::string_view email, std::string_view username = {}) {
        return register_as(registration(email, username)).value();
    }

    Result<account::SignedIn> sign_in(std::string_view name, std::string_view password = good_password) {
        account::Credentials credentials{std::string(name), SecretText(password)};
        return run(service.sign_in(std::move(credentials), wish, facts, std::nullopt));
    }
    /// The code of a refused sign-in; nothing when it was let in.
    std::optional<Errc> refusal(std::string_view name, std::string_view password = "wrong password") {
        const Result<account::SignedIn> tried = sign_in(name, password);
        return tried ? std::nullopt : std::optional(tried.error().code);
    }
    /// Fails `count` sign-ins, waiting before each as long as it is asked to.
    void fail_sign_ins(std::string_view name, int count) {
        for (int i = 0; i < count; ++i) {
            clock.advance(std::chrono::minutes(15));
            ASSERT_EQ(refusal(name), Errc::credentials_wrong) << i;
        }
    }

    bool is_live(const session::SessionToken& token) {
        return run(sessions.authenticate({token.hash(), session::Transport::cookie})).has_value();
    }
    bool is_live(const account::SignedIn& signed_in) { return is_live(signed_in.session.token); }

    std::vector<audit::AuditRecord> rows() {
        EXPECT_TRUE(run(audit.flush()));
        return run(stores.audit.read(1, 10'000)).value();
    }

    FakeClock clock;
    SystemRandom random;
    crypto::Keyring keyring =
        crypto::Keyring::parse("correct-horse-battery-staple-0123456789-abcdef").value();
    MemoryStores stores;
    HookedAccountStore accounts{stores.accounts};
    HookedIdentityStore identity_rows{stores.identities};
    account::IdentityLoader identities{accounts};
    session::SessionService sessions{{stores.sessions, identities, clock, random}, {}};
    flow::FlowEngine flows{keyring, stores.one_time, clock, random};
    audit::References references{keyring};
    audit::AuditLog audit{stores.audit, keyring, clock, random};
    account::ApiKeyOwners key_owners{{accounts, audit, clock, random}};
    apikey::ApiKeyService api_keys{{stores.api_keys, key_owners, clock, random}};
    account::GuessGuard guard;
    account::PasswordDesk passwords;
    account::AccountService service;
    account::AccountDirectory directory;
    account::FederationService federation;

    account::RequestFacts facts{
        .client_address = "192.0.2.7", .user_agent = "Mozilla/5.0", .device_cookie = {}
    };
    account::SessionWish wish;
};

}  // namespace cardea::testing
