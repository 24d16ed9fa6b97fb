// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/account/signed_in.h"
#include "cardea/flow/flow.h"

#include <optional>
#include <string>

namespace cardea::account::detail {

/// What entitles to a session: the last step of a flow that ends in one, and nothing else. Its one-time value
/// is consumed in the transaction that begins the session.
class SessionPermit {
 public:
    SessionPermit(flow::LastStep<flow::Flow::sign_in> step) noexcept  // NOLINT: it is one
        : account_(step.account()), use_(step.use()) {}
    SessionPermit(flow::LastStep<flow::Flow::step_up> step) noexcept  // NOLINT: so is this
        : account_(step.account()), use_(step.use()) {}
    SessionPermit(flow::LastStep<flow::Flow::federated_sign_in> step) noexcept  // NOLINT: and this
        : account_(step.account()), use_(step.use()) {}
    [[nodiscard]] AccountId account() const noexcept { return account_; }
    [[nodiscard]] const OneTimeUse& use() const noexcept { return use_; }

 private:
    AccountId account_;
    OneTimeUse use_;
};

/// The session that a sign-in asks for; `amr` says how the person proved who they are.
[[nodiscard]] session::NewSession new_session(
    const SessionWish& wish, const RequestFacts& facts, std::string amr
);

/// Begins the session, unless the account changed since it was looked up, or the identity by which it begins
/// is not linked any more: Errc::credentials_wrong. The errors of the permit, Errc::replayed,
/// Errc::unauthenticated.
[[nodiscard]] Task<Result<session::IssuedSession>> begin_session(
    const Parts& parts,
    Audited& audited,
    Result<SessionPermit> permit,
    const AccountRecord& account,
    session::NewSession session
);

/// What the end of a sign-in goes by.
struct SignInEnd {
    SessionWish wish;
    RequestFacts facts;
    std::string amr;
    std::string next;                            ///< where the flow began
    FederatedIdentityId identity;                ///< by which the person came, if a provider stands for them
    std::optional<session::SessionName> asking;  ///< the session that goes on, if one does
};

/// The end of a sign-in: begins the session, marks the device as known, and notes it.
[[nodiscard]] Task<Result<SignedIn>> finish_sign_in(
    const Parts& parts, Audited& audited, Result<SessionPermit> permit, AccountRecord account, SignInEnd end
);

}  // namespace cardea::account::detail
