// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/detail/kept_sessions.h"
#include "cardea/web/detail/session_keeper.h"
#include "cardea/web/detail/visitors.h"

#include <optional>

namespace cardea::web {

/// Sessions whose data is in a store; the cookie holds the token. The requests of a session that is in the
/// service's cache read no store.
class StoreSessions final : public SessionKeeper {
 public:
    explicit StoreSessions(SessionOptions options)
        : SessionKeeper(std::move(options)), visitors_(this->options().max_visitors) {}

    [[nodiscard]] Result<> start(Setup& setup) override;
    [[nodiscard]] bool commits() const noexcept override { return true; }
    [[nodiscard]] bool prepare_at_once(Request& request) override;
    [[nodiscard]] Task<> prepare(Request& request) override;
    [[nodiscard]] bool must_commit(const Request& request) const override;
    [[nodiscard]] Task<Result<>> commit(Request& request, http::Response& response) override;
    [[nodiscard]] Task<> maintain() override;

 private:
    [[nodiscard]] std::optional<session::Credential> credential_of(Request& request) const;
    [[nodiscard]] session::NewSession new_session(Request& request) const;
    [[nodiscard]] Task<Result<>> end(Session& session, http::Response& response);
    [[nodiscard]] Task<Result<>> begin(Request& request, http::Response& response);
    [[nodiscard]] Task<Result<>> rotate(Session& session, http::Response& response);
    [[nodiscard]] Task<Result<>> update(session::TokenHash token_hash, Session& session);

    detail::Visitors visitors_;
    KeptSessions sessions_;
};

}  // namespace cardea::web
