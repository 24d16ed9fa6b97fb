// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/service.h"
#include "tests/support/faulty_session_store.h"
#include "tests/support/memory_stores.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace cardea::testing {

/// Loads a session::Subject that says which load made it, and does on the way what a test asks for.
class CountingLoader final : public session::SubjectLoader {
 public:
    struct Counted final : session::Subject {
        explicit Counted(int load) : number(load) {}
        int number;
    };

    Task<Result<std::shared_ptr<const session::Subject>>> load(const session::SessionRecord& record
    ) override {
        const int number = ++loads;
        if (during_load) {
            co_await during_load(record);
        }
        if (refusal) {
            co_return fail(*refusal, "on purpose");
        }
        co_return std::shared_ptr<const session::Subject>(std::make_shared<const Counted>(number));
    }

    std::atomic<int> loads = 0;
    std::optional<Errc> refusal;
    std::function<Task<>(const session::SessionRecord&)> during_load;
};

/// A session service over a memory store that can be made to fail, with a clock of its own.
class SessionServiceTest : public ::testing::Test {
 protected:
    session::IssuedSession issue(session::Persistence persistence = session::Persistence::browser_session) {
        session::NewSession wish = make_wish();
        wish.persistence = persistence;
        return std::move(run(service_.issue(std::move(wish))).value());
    }

    session::NewSession make_wish() {
        session::NewSession wish;
        wish.account = account_;
        wish.amr = "pwd";
        wish.client_address = "192.0.2.1";
        wish.user_agent = "Test/1.0";
        return wish;
    }

    Task<> revoke(const session::SessionRecord& record) {
        std::ignore = co_await service_.revoke(record.account, record.id, std::nullopt);
    }

    Task<> drop_cached(const session::SessionRecord& record) {
        service_.drop_cached(record.account);
        co_return;
    }

    static session::Credential credential_of(const session::IssuedSession& issued) {
        return {issued.token.hash(), issued.record.transport};
    }

    /// Errc of the refusal; nullopt when the session is accepted.
    std::optional<Errc> refusal_of(const session::Credential& credential) {
        const Result<session::SessionPointer> session = run(service_.authenticate(credential));
        return session ? std::nullopt : std::optional(session.error().code);
    }
    std::optional<Errc> refusal_of(const session::IssuedSession& issued) {
        return refusal_of(credential_of(issued));
    }

    FakeClock clock_;
    FakeRandom random_;
    AccountId account_ = AccountId::make(random_);
    stores::MemoryOneTimeStore one_time_;
    stores::MemorySessionStore memory_{one_time_};
    FaultySessionStore store_{memory_};
    CountingLoader subjects_;
    session::SessionService service_{{store_, subjects_, clock_, random_}, {}};
};

}  // namespace cardea::testing
