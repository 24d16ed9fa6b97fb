// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/service.h"
#include "cardea/web/session.h"
#include "cardea/web/sessions.h"
#include "cardea/web/setup.h"

#include <memory>

namespace cardea::web {

/// The rows of one user are found by a digest of the user's id, which may be any text.
[[nodiscard]] AccountId account_of(const User& user);

/// What was found of a session in a store.
[[nodiscard]] FoundSession found_session(session::SessionPointer live);

/// The sessions of an application in a store that is opened when the App starts. Their Subjects are
/// SessionContents. Thread-safe once started.
class KeptSessions {
 public:
    /// Errc::config with a sentence when the lifetime is none or the store cannot be opened.
    [[nodiscard]] Result<> start(
        const SessionStoreFactory& make_store, const session::Lifetime& lifetime, const Setup& setup
    );
    [[nodiscard]] bool is_started() const noexcept { return service_ != nullptr; }

    [[nodiscard]] session::SessionService& service() const noexcept { return *service_; }

    /// Writes when sessions were last seen and removes all that have ended: visitors who are given sessions
    /// faster than one batch a minute must not fill the store.
    [[nodiscard]] Task<> maintain();

 private:
    /// The content of a record, once for all requests until it changes.
    class Contents final : public session::SubjectLoader {
     public:
        Task<Result<std::shared_ptr<const session::Subject>>> load(const session::SessionRecord& record
        ) override;
    };

    [[nodiscard]] Task<Result<>> sweep();

    Contents contents_;
    std::shared_ptr<session::SessionStore> store_;
    std::unique_ptr<session::SessionService> service_;
};

}  // namespace cardea::web
