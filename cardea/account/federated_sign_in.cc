// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/email_proof.h"
#include "cardea/account/detail/finish_step.h"
#include "cardea/account/detail/password_proof.h"
#include "cardea/account/detail/proven_identity_text.h"
#include "cardea/account/detail/registration_steps.h"
#include "cardea/account/detail/session_start.h"
#include "cardea/account/email.h"
#include "cardea/account/federation.h"
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

/// How a session came to be that a provider stands for; RFC 8176 has no name for it.
constexpr std::string_view by_provider = "fed";
constexpr std::string_view by_provider_and_password = "fed pwd";

/// The same person with what can be shown and kept of them: a provider may say anything, at any length.
ProvenIdentity presentable(ProvenIdentity who) {
    const Result<EmailAddress> email = EmailAddress::parse(who.email);
    who.email = email ? email->text() : std::string();
    who.is_email_verified = who.is_email_verified && email;
    who.name = parse_display_name(who.name).value_or(std::string());
    return who;
}

/// The flow with who it is, for the page that asks; without the name where it is too much for a cookie.
Result<FlowState> carry(const FlowState& flow, ProvenIdentity who) {
    if (Result<FlowState> whole = flow::FlowEngine::carry(flow, detail::encode(who))) {
        return whole;
    }
    who.name.clear();
    return flow::FlowEngine::carry(flow, detail::encode(who));
}

/// Whether the flow is there to prove again who is there, and this is somebody else.
bool is_somebody_else(const FlowState& flow, const std::optional<FederatedIdentity>& linked) {
    const AccountId expected = flow.progress().account;
    return !expected.is_nil() && (!linked || linked->account != expected);
}

}  // namespace

Task<Result<>> FederationService::look_up(Visit& visit) {
    Result<std::optional<FederatedIdentity>> linked =
        co_await parts_.identities.find(visit.who.issuer, visit.who.subject);
    if (!linked) {
        co_return propagate(linked);
    }
    visit.linked = std::move(*linked);
    const Result<EmailAddress> email = EmailAddress::parse(visit.who.email);
    bool has_address = visit.who.is_email_verified && email;
    if (has_address) {
        Result<std::optional<AccountRecord>> holder = co_await parts_.accounts.find_by_email(email->key());
        if (!holder) {
            co_return propagate(holder);
        }
        has_address = !*holder || detail::is_address_of(*email, **holder);
        visit.holder = has_address ? std::move(*holder) : std::nullopt;
    }
    visit.decision = decide({
        .is_linked = visit.linked.has_value(),
        .is_email_verified = has_address,
        .holder = visit.holder,
        .registration = policy_.registration,
    });
    co_return Result<>();
}

FederatedQuestion FederationService::make_question(Visit visit) {
    return {
        .flow = std::move(visit.flow),
        .email = std::move(visit.who.email),
        .has_account = visit.holder.has_value(),
        .offers_password = visit.decision.offers_password,
        .offers_account = visit.decision.offers_account,
    };
}

std::string FederationService::issuer_of(const FlowState& flow) {
    const Result<ProvenIdentity> who = detail::decode_identity(flow.subject());
    return who ? who->issuer : std::string();
}

Task<Result<>> FederationService::admit(RequestFacts facts) {
    Audited audited(parts_, Event::signed_in, facts);
    // Who comes is not known before the provider was asked, so whoever signed in on this device last stands
    // for them: nothing is guessed here, and each account has its own few tries.
    const DeviceCookie device = parts_.guard.open_device(facts.device_cookie);
    const std::optional<AccountId> known_to = device.last_account(parts_.clock.now());
    const std::optional<TryRefusal> refusal = parts_.guard.refuse_address(facts.client_address, known_to);
    if (refusal) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    co_return Result<>();
}

Task<Result<FederatedOutcome>> FederationService::sign_in(
    FlowState flow, ProvenIdentity who, SessionWish wish, RequestFacts facts
) {
    Audited audited(parts_, Event::signed_in, facts);
    audited.concerns(who.issuer, who.subject);
    const AccountId expected = flow.progress().account;
    Result<FlowState> proven =
        co_await detail::finish_step(parts_, audited, std::move(flow), Step::provider, expected);
    if (!proven) {
        co_return propagate(proven);
    }
    Visit visit{std::move(*proven), presentable(who), {}, {}, {}, std::move(wish), std::move(facts)};
    Result<> looked_up = co_await look_up(visit);
    if (!looked_up) {
        co_return propagate(looked_up);
    }
    if (is_somebody_else(visit.flow, visit.linked)) {
        co_return co_await audited.refuse(Errc::forbidden, Rule::other_identity);
    }
    if (visit.decision.way == FederatedWay::ask) {
        Result<FlowState> carrying = carry(visit.flow, visit.who);
        if (!carrying) {
            co_return co_await audited.refuse(carrying.error().code, Rule::provider);
        }
        visit.flow = std::move(*carrying);
        co_return FederatedOutcome(make_question(std::move(visit)));
    }
    Result<SignedIn> signed_in = co_await settle(audited, std::move(visit));
    if (!signed_in) {
        co_return propagate(signed_in);
    }
    co_return FederatedOutcome(std::move(*signed_in));
}

Task<Result<FederationService::Visit>> FederationService::resume(
    Audited& audited, FlowState flow, SessionWish wish, RequestFacts facts
) {
    Result<ProvenIdentity> who = detail::decode_identity(flow.subject());
    if (!who) {
        co_return co_await audited.refuse(who.error().code, Rule::flow_state);
    }
    audited.concerns(who->issuer, who->subject);
    Visit visit{std::move(flow), std::move(*who), {}, {}, {}, std::move(wish), std::move(facts)};
    Result<> looked_up = co_await look_up(visit);
    if (!looked_up) {
        co_return propagate(looked_up);
    }
    co_return visit;
}

Task<Result<FederatedQuestion>> FederationService::question(FlowState flow) {
    SessionWish no_wish;
    RequestFacts no_facts;
    Audited audited(parts_, Event::signed_in, no_facts);
    Result<Visit> visit = co_await resume(audited, std::move(flow), std::move(no_wish), std::move(no_facts));
    if (!visit) {
        co_return propagate(visit);
    }
    co_return make_question(std::move(*visit));
}

Task<Result<SignedIn>> FederationService::sign_in_by_password(
    FlowState flow, SecretText password, SessionWish wish, RequestFacts facts
) {
    Audited audited(parts_, Event::signed_in, facts);
    Result<Visit> visit = co_await resume(audited, std::move(flow), std::move(wish), std::move(facts));
    if (!visit) {
        co_return propagate(visit);
    }
    if (visit->decision.way != FederatedWay::ask) {
        co_return co_await settle(audited, std::move(*visit));  // it was decided meanwhile
    }
    if (!visit->decision.offers_password) {
        co_return co_await audited.refuse(Errc::credentials_wrong, Rule::no_password);
    }
    co_return co_await sign_in_linking(audited, std::move(*visit), std::move(password));
}

Task<Result<SignedIn>> FederationService::sign_in_linking(
    Audited& audited, Visit visit, SecretText password
) {
    if (visit.holder) {
        audited.concerns(visit.holder->id);
    }
    const DeviceCookie device = parts_.guard.open_device(visit.facts.device_cookie);
    const std::optional<KnownCaller> caller = parts_.guard.known_caller(device, visit.holder);
    detail::Attempt attempt{visit.holder, {}, std::move(password), caller};
    Result<AccountRecord> account =
        co_await detail::prove_password_from(parts_, audited, std::move(attempt), visit.facts.client_address);
    if (!account) {
        co_return propagate(account);
    }
    Audited linking(parts_, Event::identity_linked, visit.facts);
    linking.concerns(account->id);
    linking.concerns(visit.who.issuer, visit.who.subject);
    FederatedIdentity identity = make_identity(visit.who, account->id);
    LinkTerms no_session_yet;
    Result<FederatedIdentity> linked = co_await insert(linking, std::move(identity), no_session_yet);
    if (!linked) {
        co_return propagate(linked);
    }
    visit.linked = std::move(*linked);
    co_return co_await finish(audited, std::move(visit), Step::password, std::move(*account));
}

Task<Result<SignedIn>> FederationService::sign_in_newly(
    FlowState flow, std::string invitation, SessionWish wish, RequestFacts facts
) {
    Audited audited(parts_, Event::signed_in, facts);
    if (const std::optional<TryRefusal> refusal = parts_.guard.refuse_address(facts.client_address)) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    Result<Visit> visit = co_await resume(audited, std::move(flow), std::move(wish), std::move(facts));
    if (!visit) {
        co_return propagate(visit);
    }
    if (visit->decision.way != FederatedWay::ask) {
        co_return co_await settle(audited, std::move(*visit));
    }
    co_return co_await sign_in_new(audited, std::move(*visit), std::move(invitation));
}

Task<Result<SignedIn>> FederationService::settle(Audited& audited, Visit visit) {
    if (visit.linked) {
        FederatedIdentity linked = *visit.linked;
        co_return co_await sign_in_linked(audited, std::move(visit), std::move(linked));
    }
    if (visit.holder) {
        AccountRecord holder = *visit.holder;
        audited.concerns(holder.id);
        if (visit.decision.way == FederatedWay::reclaim) {
            co_return co_await sign_in_reclaiming(audited, std::move(visit), std::move(holder));
        }
        co_return co_await audited.refuse(Errc::credentials_wrong, Rule::account_disabled);
    }
    if (visit.decision.way == FederatedWay::new_account) {
        co_return co_await sign_in_new(audited, std::move(visit), std::string());
    }
    co_return co_await audited.refuse(Errc::forbidden, Rule::registration_closed);
}

Task<Result<SignedIn>> FederationService::sign_in_linked(
    Audited& audited, Visit visit, FederatedIdentity linked
) {
    audited.concerns(linked.account);
    Result<AccountRecord> account = co_await load_account(parts_.accounts, linked.account);
    if (!account && account.error().code == Errc::not_found) {
        co_return co_await audited.refuse(Errc::credentials_wrong, Rule::unknown_name);
    }
    if (!account) {
        co_return propagate(account);
    }
    if (account->status != Status::active) {
        co_return co_await audited.refuse(Errc::credentials_wrong, Rule::account_disabled);
    }
    co_await detail::in_background(parts_.identities.touch(linked.id, parts_.clock.now()));
    co_return co_await finish(audited, std::move(visit), Step::linked_identity, std::move(*account));
}

Task<Result<SignedIn>> FederationService::sign_in_reclaiming(
    Audited& audited, Visit visit, AccountRecord holder
) {
    Audited linked(parts_, Event::identity_linked, visit.facts);
    linked.concerns(holder.id);
    linked.concerns(visit.who.issuer, visit.who.subject);
    Result<> recorded = co_await linked.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    Kept kept{.session = std::nullopt, .identity = make_identity(visit.who, holder.id)};
    visit.linked = kept.identity;
    Result<AccountRecord> account =
        co_await detail::prove_email(parts_, std::move(holder), std::move(kept), visit.facts);
    if (!account) {
        co_return co_await linked.refuse_change(account.error().code);
    }
    co_return co_await finish(audited, std::move(visit), Step::linked_identity, std::move(*account));
}

AccountRecord FederationService::make_account(const Visit& visit) const {
    AccountRecord account;
    account.id = AccountId::make(parts_.random);
    account.created_at = parts_.clock.now();
    account.password_changed_at = account.created_at;
    account.name = visit.who.name;
    if (const auto email = EmailAddress::parse(visit.who.email); email && visit.decision.takes_address) {
        account.email = email->text();
        account.email_key = email->key();
        account.email_verified = true;
    }
    return account;
}

Task<Result<SignedIn>> FederationService::sign_in_new(Audited& audited, Visit visit, std::string invitation) {
    AccountRecord account = make_account(visit);
    Audited registered(parts_, Event::registered, visit.facts);
    registered.concerns(visit.who.issuer, visit.who.subject);
    detail::RegistrationRight right{std::move(invitation), account.email_key};
    Result<FlowState> state = co_await detail::open_registration(
        policy_.registration, parts_, registered, std::move(right), std::nullopt
    );
    if (!state) {
        co_return propagate(state);
    }
    Result<std::vector<OneTimeUse>> steps = detail::take_registration(parts_, *state, account.id);
    if (!steps) {
        co_return co_await registered.refuse(steps.error().code, detail::replay_rule(*state));
    }
    registered.concerns(account.id);
    Result<> recorded = co_await registered.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    visit.linked = make_identity(visit.who, account.id);
    Result<> inserted = co_await parts_.identities.insert_account(account, *visit.linked, std::move(*steps));
    if (!inserted && inserted.error().code == Errc::conflict) {
        co_return co_await registered.refuse(Errc::conflict, Rule::name_taken);
    }
    if (!inserted && inserted.error().code == Errc::replayed) {
        co_return co_await registered.refuse(Errc::replayed, detail::replay_rule(*state));
    }
    if (!inserted) {
        co_return co_await registered.refuse_change(inserted.error().code);
    }
    co_await detail::note_invitation(parts_, *state, account.id, visit.facts);
    co_return co_await finish(audited, std::move(visit), Step::new_account, std::move(account));
}

Task<Result<SignedIn>> FederationService::finish(
    Audited& audited, Visit visit, Step step, AccountRecord account
) {
    audited.concerns(account.id);
    Result<detail::SessionPermit> permit =
        parts_.flows.take_last_step<Flow::federated_sign_in>(visit.flow, step, account.id);
    const std::optional<session::SessionName> over = visit.wish.replaces;
    const bool goes_on = over && over->account == visit.flow.progress().account;
    const std::string_view amr = step == Step::password ? by_provider_and_password : by_provider;
    detail::SignInEnd end{std::move(visit.wish), std::move(visit.facts), std::string(amr), visit.flow.next()};
    end.asking = goes_on ? over : std::nullopt;
    end.identity = visit.linked ? visit.linked->id : FederatedIdentityId();
    co_return co_await detail::finish_sign_in(
        parts_, audited, std::move(permit), std::move(account), std::move(end)
    );
}

}  // namespace cardea::account
