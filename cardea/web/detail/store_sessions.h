// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/service.h"
#include "cardea/web/detail/session_keeper.h"

#include <memory>

namespace cardea::web {

/// Sessions whose data is in a store; the cookie holds the token. The requests of a session that is in the
/// service's cache read no store.
class StoreSessions final : public SessionKeeper {
 public:
    using SessionKeeper::SessionKeeper;

    [[nodiscard]] Result<> start(Setup& setup) override;
    [[nodiscard]] bool commits() const noexcept override { return true; }
    [[nodiscard]] bool prepare_at_once(Request& request) override;
    [[nodiscard]] Task<> prepare(Request& request) override;
    [[nodiscard]] bool must_commit(const Request& request) const override;
    [[nodiscard]] Task<Result<>> commit(Request& request, http::Response& response) override;
    [[nodiscard]] Task<> tend() override;

 private:
    /// The content of a record, once for all requests until it changes.
    class Contents final : public session::SubjectLoader {
     public:
        Task<Result<std::shared_ptr<const session::Subject>>> load(const session::SessionRecord& record
        ) override;
    };

    [[nodiscard]] std::optional<session::Credential> credential_of(Request& request) const;
    [[nodiscard]] Task<Result<>> end(session::TokenHash token_hash, http::Response& response);
    [[nodiscard]] Task<Result<>> begin(Request& request, http::Response& response);
    [[nodiscard]] Task<Result<>> rotate(Session& session, http::Response& response);
    [[nodiscard]] Task<Result<>> update(session::TokenHash token_hash, Session& session);
    [[nodiscard]] Task<Result<>> sweep();

    Contents contents_;
    std::shared_ptr<session::SessionStore> store_;
    std::unique_ptr<session::SessionService> service_;
};

}  // namespace cardea::web
