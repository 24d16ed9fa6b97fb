// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federation_rules.h"
#include "cardea/account/signed_in.h"
#include "cardea/base/secret.h"
#include "cardea/flow/flow.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cardea::account {

namespace detail {
class Audited;
}

/// What somebody is asked who came back from a provider and has no account by that identity yet.
struct FederatedQuestion {
    flow::FlowState flow;          ///< for the flow cookie: it carries who they are
    std::string email;             ///< what the provider says, shown; may be empty
    bool has_account = false;      ///< an account here has that address
    bool offers_password = false;  ///< its password signs in to it, and links the identity
    RegistrationMode offers_account = RegistrationMode::closed;  ///< how they may make another account
};

/// Signed in, or asked first.
using FederatedOutcome = std::variant<SignedIn, FederatedQuestion>;

/// "Sign in with ..." for accounts: what becomes of somebody whom a provider names (federation_rules.h), and
/// which identities sign in to an account. Knows no OAuth: `who` is what a provider said after every check,
/// in the browser that holds the flow. Refusals are audited and carry a reference. Thread-safe.
///
/// Errors that every method may give: Errc::rate_limited, Errc::store_unavailable; those that take a flow:
/// Errc::expired and Errc::replayed.
class FederationService {
 public:
    FederationService(Parts parts, AccountPolicy policy);

    /// Before the browser is sent to a provider. With an account, which is that of the session: that its
    /// person proves again who is there, and nobody else gets in.
    [[nodiscard]] flow::FlowState begin_sign_in(std::string next, AccountId account) const;
    /// The same for another way into the account of the session. Errc::step_up_required when the sign-in is
    /// older than AccountPolicy::step_up_after.
    [[nodiscard]] Task<Result<flow::FlowState>> begin_linking(
        session::SessionRecord session, RequestFacts facts
    );

    /// The browser came back, and the provider is about to be asked whether what it brought is good: the
    /// address counts first, so that nobody makes this server ask without end. A device on which somebody
    /// signed in before has some tries of its own, so that neighbours do not keep each other out.
    [[nodiscard]] Task<Result<>> admit(RequestFacts facts);

    /// Then it said who it is. Errc::credentials_wrong when the account may not sign in, Errc::forbidden when
    /// nobody may register, or the identity is not that of the account that is to be proven.
    [[nodiscard]] Task<Result<FederatedOutcome>> sign_in(
        flow::FlowState flow, ProvenIdentity who, SessionWish wish, RequestFacts facts
    );

    /// The issuer of whom sign_in() asked; empty where it asked nothing.
    [[nodiscard]] static std::string issuer_of(const flow::FlowState& flow);

    /// What sign_in() asked, once more.
    [[nodiscard]] Task<Result<FederatedQuestion>> question(flow::FlowState flow);

    /// The answer to it: the password of the account with the address. Links the identity and signs in.
    /// Errc::credentials_wrong, Errc::busy.
    [[nodiscard]] Task<Result<SignedIn>> sign_in_by_password(
        flow::FlowState flow, SecretText password, SessionWish wish, RequestFacts facts
    );

    /// The other answer: an account of its own. Errc::forbidden (the invitation is not good, or nobody may
    /// register), Errc::conflict (somebody took the address or the identity meanwhile).
    [[nodiscard]] Task<Result<SignedIn>> sign_in_newly(
        flow::FlowState flow, std::string invitation, SessionWish wish, RequestFacts facts
    );

    /// The browser came back to link: the identity, whether this was the first proof of the account's
    /// address, by which its password and other sessions ended, and the token that the session has from now
    /// on. Errc::conflict when the identity is another account's, Errc::too_large, Errc::unauthenticated when
    /// the session ended meanwhile.
    struct Linked {
        FederatedIdentity identity;
        bool verified_email = false;
        std::optional<session::SessionToken> token;  ///< nothing when another request gave it one meanwhile
    };
    [[nodiscard]] Task<Result<Linked>> link(
        session::SessionRecord session, flow::FlowState flow, ProvenIdentity who, RequestFacts facts
    );

    /// Ends, with the identity, every session that came by it; the one that asks goes on, however it came.
    /// Errc::step_up_required as begin_linking(), Errc::not_found, Errc::conflict for the last way in, and
    /// Errc::unauthenticated when the session ended meanwhile: nothing is changed then.
    [[nodiscard]] Task<Result<>> unlink(
        session::SessionRecord session, FederatedIdentityId target, RequestFacts facts
    );

    /// The identities of an account, the oldest first.
    [[nodiscard]] Task<Result<std::vector<FederatedIdentity>>> list(AccountId account);

 private:
    /// Somebody who came back from a provider, and what is known of them here.
    struct Visit {
        flow::FlowState flow;
        ProvenIdentity who;
        std::optional<FederatedIdentity> linked;  ///< by which they come, once it is linked
        std::optional<AccountRecord> holder;      ///< of the address, if the provider says it is theirs
        FederatedDecision decision;
        SessionWish wish;
        RequestFacts facts;
    };

    [[nodiscard]] FederatedIdentity make_identity(const ProvenIdentity& who, AccountId account) const;
    [[nodiscard]] static FederatedQuestion make_question(Visit visit);
    [[nodiscard]] AccountRecord make_account(const Visit& visit) const;
    [[nodiscard]] Task<Result<>> look_up(Visit& visit);
    [[nodiscard]] Task<Result<Visit>> resume(
        detail::Audited& audited, flow::FlowState flow, SessionWish wish, RequestFacts facts
    );
    [[nodiscard]] Task<Result<SignedIn>> settle(detail::Audited& audited, Visit visit);
    [[nodiscard]] Task<Result<SignedIn>> sign_in_linked(
        detail::Audited& audited, Visit visit, FederatedIdentity linked
    );
    [[nodiscard]] Task<Result<SignedIn>> sign_in_reclaiming(
        detail::Audited& audited, Visit visit, AccountRecord holder
    );
    [[nodiscard]] Task<Result<SignedIn>> sign_in_new(
        detail::Audited& audited, Visit visit, std::string invitation
    );
    [[nodiscard]] Task<Result<SignedIn>> finish(
        detail::Audited& audited, Visit visit, flow::Step step, AccountRecord account
    );
    [[nodiscard]] Task<Result<SignedIn>> sign_in_linking(
        detail::Audited& audited, Visit visit, SecretText password
    );
    [[nodiscard]] Task<Result<AccountRecord>> finish_linking(
        detail::Audited& audited, flow::FlowState flow, AccountId account
    );
    [[nodiscard]] Task<Result<FederatedIdentity>> insert(
        detail::Audited& audited, FederatedIdentity identity, LinkTerms terms
    );

    Parts parts_;
    AccountPolicy policy_;
};

}  // namespace cardea::account
