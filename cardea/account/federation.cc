// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/federation.h"

#include "cardea/account/detail/email_proof.h"
#include "cardea/account/detail/finish_step.h"
#include "cardea/account/detail/session_renewal.h"
#include "cardea/account/detail/step_up.h"
#include "cardea/account/detail/unlinking.h"
#include "cardea/account/email.h"
#include "cardea/account/identity.h"
#include "cardea/account/username.h"

#include <utility>

namespace cardea::account {

using audit::Event;
using audit::Rule;
using detail::Audited;
using flow::Flow;
using flow::FlowState;
using flow::Step;

namespace {

/// By what the person knows the identity again.
std::string label_of(const ProvenIdentity& who) {
    if (const Result<EmailAddress> email = EmailAddress::parse(who.email)) {
        return email->text();
    }
    const Result<std::string> name = parse_display_name(who.name);
    return name && !name->empty() ? *name : who.subject;
}

/// Whether the provider proves the account's address, which nobody did before.
bool proves_email(const ProvenIdentity& who, const AccountRecord& account) {
    if (!who.is_email_verified || account.email_verified) {
        return false;
    }
    const Result<EmailAddress> email = EmailAddress::parse(who.email);
    return email && detail::is_address_of(*email, account);
}

}  // namespace

FederationService::FederationService(Parts parts, AccountPolicy policy) : parts_(parts), policy_(policy) {}

FlowState FederationService::begin_sign_in(std::string next, AccountId account) const {
    return parts_.flows.begin({
        .flow = Flow::federated_sign_in,
        .account = account,
        .next = std::move(next),
        .lifetime = flow::federated_flow_lifetime,
    });
}

FederatedIdentity FederationService::make_identity(const ProvenIdentity& who, AccountId account) const {
    const Time now = parts_.clock.now();
    return {
        .id = FederatedIdentityId::make(parts_.random),
        .account = account,
        .issuer = who.issuer,
        .subject = who.subject,
        .label = label_of(who),
        .linked_at = now,
        .last_used_at = now,
    };
}

Task<Result<FlowState>> FederationService::begin_linking(session::SessionRecord session, RequestFacts facts) {
    Audited audited(parts_, Event::identity_linked, facts);
    audited.concerns(session.account);
    if (detail::needs_step_up(parts_, policy_, session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    co_return parts_.flows.begin({
        .flow = Flow::identity_linking,
        .account = session.account,
        .lifetime = flow::federated_flow_lifetime,
    });
}

Task<Result<FederatedIdentity>> FederationService::insert(
    Audited& audited, FederatedIdentity identity, LinkTerms terms
) {
    Result<std::optional<FederatedIdentity>> before =
        co_await parts_.identities.find(identity.issuer, identity.subject);
    if (!before) {
        co_return propagate(before);
    }
    const bool is_taken = before->has_value();
    if (is_taken && (*before)->account == identity.account) {
        co_return std::move(**before);  // as was asked for
    }
    if (is_taken) {
        co_return co_await audited.refuse(Errc::conflict, Rule::identity_taken);
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<> inserted = co_await parts_.identities.insert(identity, terms);
    if (!inserted && inserted.error().code == Errc::conflict) {
        co_return co_await audited.refuse(Errc::conflict, Rule::identity_taken);
    }
    if (!inserted) {
        co_return co_await audited.refuse_change(inserted.error().code);
    }
    co_return identity;
}

Task<Result<AccountRecord>> FederationService::finish_linking(
    Audited& audited, FlowState flow, AccountId account
) {
    Result<FlowState> proven =
        co_await detail::finish_step(parts_, audited, std::move(flow), Step::provider, account);
    if (!proven) {
        co_return propagate(proven);
    }
    Result<flow::Completed<Flow::identity_linking>> proof =
        flow::FlowEngine::complete<Flow::identity_linking>(*proven);
    if (!proof) {
        co_return co_await audited.refuse(proof.error().code, Rule::flow_state);
    }
    co_return co_await load_active_account(parts_.accounts, proof->account());
}

Task<Result<FederationService::Linked>> FederationService::link(
    session::SessionRecord session, FlowState flow, ProvenIdentity who, RequestFacts facts
) {
    Audited audited(parts_, Event::identity_linked, facts);
    audited.concerns(session.account);
    audited.concerns(who.issuer, who.subject);
    Result<AccountRecord> account = co_await finish_linking(audited, std::move(flow), session.account);
    if (!account) {
        co_return propagate(account);
    }
    FederatedIdentity identity = make_identity(who, account->id);
    const bool verifies_email = proves_email(who, *account);
    if (verifies_email) {
        Result<> recorded = co_await audited.record();
        if (!recorded) {
            co_return propagate(recorded);
        }
        Kept kept{.session = session.id, .identity = identity};
        Result<AccountRecord> verified =
            co_await detail::prove_email(parts_, std::move(*account), std::move(kept), facts);
        if (!verified) {
            co_return co_await audited.refuse_change(verified.error().code);
        }
    } else {
        LinkTerms terms;
        terms.session = session.id;
        Result<FederatedIdentity> linked = co_await insert(audited, std::move(identity), terms);
        if (!linked) {
            co_return propagate(linked);
        }
        identity = std::move(*linked);
    }
    Result<std::optional<session::SessionToken>> token =
        co_await detail::renew_token(parts_, session.token_hash);
    if (!token) {
        co_return propagate(token);
    }
    Linked linked{std::move(identity), verifies_email, std::move(*token)};
    co_return linked;
}

Task<Result<>> FederationService::unlink(
    session::SessionRecord session, FederatedIdentityId target, RequestFacts facts
) {
    Audited audited(parts_, Event::identity_unlinked, facts);
    audited.concerns(session.account);
    if (detail::needs_step_up(parts_, policy_, session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    detail::Unlinking unlinking{.account = session.account, .target = target, .session = session.id};
    co_return co_await detail::unlink(parts_, policy_, audited, std::move(unlinking));
}

Task<Result<std::vector<FederatedIdentity>>> FederationService::list(AccountId account) {
    return parts_.identities.list(account);
}

}  // namespace cardea::account
