// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/account/signed_in.h"
#include "cardea/apikey/service.h"
#include "cardea/flow/flow.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <optional>
#include <string>

namespace cardea::account {

namespace detail {
class Audited;
}

/// What a person says who signs in: an e-mail address or a user name, and the password.
struct Credentials {
    std::string name;
    SecretText password;
};

/// A new password for a person who is signed in.
struct PasswordChange {
    SecretText current;
    SecretText replacement;
};

/// Which API key is replaced, and how long it goes on beside the new one.
struct ApiKeyRotation {
    ApiKeyId key;
    Duration overlap{};
};

/// What people do with their own account. Every refusal is audited and carries its reference; names that do
/// not exist, disabled accounts and accounts without a password are refused alike and cost the same.
/// Thread-safe.
///
/// Errors that every method may give: Errc::rate_limited and Errc::busy (with retry_after),
/// Errc::store_unavailable.
class AccountService {
 public:
    AccountService(Parts parts, AccountPolicy policy);

    /// Begins a flow for a page with a form; its sealed state goes into the flow cookie.
    [[nodiscard]] flow::FlowState begin(flow::Beginning beginning) const;

    /// Makes an account; does not sign in. Errc::forbidden (registration is closed, or the invitation is not
    /// good), Errc::conflict (the name is taken), Errc::invalid (a name that is none), Errc::password_*.
    /// `flow` is that of the registration page, absent for the API.
    [[nodiscard]] Task<Result<AccountRecord>> register_account(
        Registration registration, RequestFacts facts, std::optional<flow::FlowState> flow
    );

    /// Signs in and ends the session that the request came with. Errc::credentials_wrong for every reason
    /// that has to do with the account.
    [[nodiscard]] Task<Result<SignedIn>> sign_in(
        Credentials credentials, SessionWish wish, RequestFacts facts, std::optional<flow::FlowState> flow
    );

    /// Ends the session. No session is no error.
    [[nodiscard]] Task<Result<>> sign_out(session::SessionRecord session, RequestFacts facts);

    /// Changes the password, ends every other session and gives this one a new token; nothing is returned
    /// when another request gave it one meanwhile. Errc::unauthenticated when this one ended meanwhile, as in
    /// all that follows: nothing is changed then.
    [[nodiscard]] Task<Result<std::optional<session::SessionToken>>> change_password(
        session::SessionRecord session, PasswordChange change, RequestFacts facts
    );

    /// Gives a password to an account that has none; the session goes on with a new token, as above.
    /// Errc::step_up_required when the sign-in is older than AccountPolicy::step_up_after, Errc::conflict
    /// when the account has a password, Errc::password_*.
    [[nodiscard]] Task<Result<std::optional<session::SessionToken>>> set_first_password(
        session::SessionRecord session, SecretText password, RequestFacts facts
    );

    /// Whether the sign-in is older than AccountPolicy::step_up_after: what asks for a recent one is refused.
    [[nodiscard]] bool needs_step_up(const session::SessionRecord& session) const noexcept;

    /// Proves again who is there (step-up): the session is replaced by a new one whose sign-in is now.
    [[nodiscard]] Task<Result<session::IssuedSession>> confirm_password(
        session::SessionRecord session, SecretText password, RequestFacts facts
    );

    /// Ends one session of the same account; Errc::not_found when there is none. Errc::unauthenticated when
    /// the session that asks ended meanwhile, as in all that follows: nothing is changed then.
    [[nodiscard]] Task<Result<>> revoke_session(
        session::SessionRecord session, SessionId target, RequestFacts facts
    );

    /// Ends every other session; their number. Errc::step_up_required when the sign-in is older than
    /// AccountPolicy::step_up_after: ask confirm_password() first.
    [[nodiscard]] Task<Result<std::size_t>> revoke_other_sessions(
        session::SessionRecord session, RequestFacts facts
    );

    /// Makes an API key for the account, at most 60 in a minute. Errc::step_up_required as above,
    /// Errc::invalid (name, scope or lifetime), Errc::too_large (scopes, or too many keys). `wish.account` is
    /// that of the session.
    [[nodiscard]] Task<Result<apikey::IssuedApiKey>> issue_api_key(
        session::SessionRecord session, apikey::NewApiKey wish, RequestFacts facts
    );

    /// Makes an API key in place of one that goes on for `overlap`; see ApiKeyService::rotate.
    /// Errc::step_up_required as above.
    [[nodiscard]] Task<Result<apikey::IssuedApiKey>> rotate_api_key(
        session::SessionRecord session, ApiKeyRotation rotation, RequestFacts facts
    );

    /// Revokes an API key of the same account; Errc::not_found when there is none.
    [[nodiscard]] Task<Result<>> revoke_api_key(
        session::SessionRecord session, ApiKeyId target, RequestFacts facts
    );

 private:
    using PasswordChangeProof = flow::Completed<flow::Flow::password_change>;

    Task<Result<AccountRecord>> authenticate(
        detail::Audited& audited, Credentials credentials, const RequestFacts& facts
    );
    Task<Result<PasswordChangeProof>> finish_password_change(detail::Audited& audited, AccountId account);
    Task<Result<std::optional<session::SessionToken>>> apply_password_change(
        detail::Audited& audited,
        PasswordChangeProof proof,
        AccountRecord account,
        session::SessionRecord session
    );

    /// Writes down that a key is made. One that is revoked makes room for another, so that the keys of an
    /// account do not bound the rows. Errc::rate_limited.
    Task<Result<>> record_new_key(detail::Audited& audited, AccountId account);

    Parts parts_;
    AccountPolicy policy_;
    ratelimit::MemoryLimiter new_keys_;
};

}  // namespace cardea::account
