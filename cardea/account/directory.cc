// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/directory.h"

#include "cardea/account/detail/login_name.h"
#include "cardea/account/detail/new_account.h"
#include "cardea/account/detail/unlinking.h"
#include "cardea/account/email.h"
#include "cardea/account/guess_guard.h"
#include "cardea/account/identity.h"
#include "cardea/account/password_desk.h"
#include "cardea/apikey/service.h"
#include "cardea/audit/log.h"
#include "cardea/flow/flow.h"
#include "cardea/session/service.h"

namespace cardea::account {
namespace {

using audit::Event;
using detail::Audited;
using detail::NewAccount;

constexpr int update_tries = 4;

/// Applies a change to the row as it is at that moment, whoever else changes it.
template <class Change>
Task<Result<>> change_account(AccountStore& accounts, AccountId id, Change change) {
    Result<> updated;
    for (int i = 0; i < update_tries; ++i) {
        Result<AccountRecord> account = co_await load_account(accounts, id);
        if (!account) {
            co_return propagate(account);
        }
        change(*account);
        updated = co_await accounts.update(*account, account->version, std::nullopt);
        if (updated || updated.error().code != Errc::conflict) {
            break;
        }
    }
    co_return updated;
}

/// Writes down what is about to be done to an account. Errc::not_found when there is none.
Task<Result<>> record_of(AccountStore& accounts, Audited& audited, AccountId id) {
    audited.concerns(id);
    Result<AccountRecord> account = co_await load_account(accounts, id);
    if (!account) {
        co_return propagate(account);
    }
    co_return co_await audited.record();
}

Task<Result<>> end_sessions(session::SessionService& sessions, AccountId account) {
    Result<std::size_t> ended = co_await sessions.revoke_all(account, std::nullopt);
    if (!ended) {
        co_return propagate(ended);
    }
    co_return Result<>();
}

Task<Result<>> replace_password(const Parts& parts, AccountId account, std::string hash) {
    // Before the change too: where it is cut short, whoever knew the old password is out all the same.
    Result<> changed = co_await end_sessions(parts.sessions, account);
    if (!changed) {
        co_return changed;
    }
    const Time now = parts.clock.now();
    auto change = [&hash, now](AccountRecord& record) {
        record.password_hash = hash;
        record.password_changed_at = now;
    };
    changed = co_await change_account(parts.accounts, account, change);
    if (changed) {
        changed = co_await end_sessions(parts.sessions, account);
    }
    if (changed) {
        parts.guard.forget(account);
        changed = co_await parts.accounts.clear_failed_attempts(account);
    }
    co_return changed;
}

}  // namespace

AccountDirectory::AccountDirectory(Parts parts, AccountPolicy policy) : parts_(parts), policy_(policy) {}

Task<Result<AccountRecord>> AccountDirectory::add(Registration registration, std::string actor) {
    Audited audited(parts_, Event::registered, std::move(actor));
    Result<NewAccount> account = detail::parse_new_account(parts_, registration);
    if (!account) {
        co_return propagate(account);
    }
    Result<> prepared = co_await detail::prepare(parts_, audited, *account);
    if (!prepared) {
        co_return propagate(prepared);
    }
    if (!registration.password_hash.empty()) {
        Result<> accepted = parts_.passwords.accepts(registration.password_hash);
        if (!accepted) {
            co_return propagate(accepted);
        }
        account->record.password_hash = std::move(registration.password_hash);
    }
    std::vector<OneTimeUse> nothing;
    co_return co_await detail::insert(parts_, audited, std::move(account->record), std::move(nothing));
}

Task<Result<AccountRecord>> AccountDirectory::find(std::string text) {
    Result<std::optional<AccountRecord>> found;
    if (const Result<AccountId> id = AccountId::parse(text)) {
        found = co_await parts_.accounts.find(*id);
    }
    if (found && !*found) {
        found = co_await detail::find_account(parts_.accounts, detail::parse_login_name(text));
    }
    if (!found) {
        co_return propagate(found);
    }
    if (!*found) {
        co_return fail(Errc::not_found, "account");
    }
    co_return std::move(**found);
}

Task<Result<std::vector<AccountRecord>>> AccountDirectory::list(Page page) {
    return parts_.accounts.list(page);
}

Task<Result<>> AccountDirectory::disable(AccountId account, std::string actor) {
    Audited audited(parts_, Event::account_disabled, std::move(actor));
    Result<> recorded = co_await record_of(parts_.accounts, audited, account);
    if (!recorded) {
        co_return recorded;
    }
    auto disable = [](AccountRecord& record) { record.status = Status::disabled; };
    Result<> changed = co_await change_account(parts_.accounts, account, disable);
    // Whatever the store says: the next request of each session and key asks whether the account may be used.
    parts_.sessions.drop_cached(account);
    parts_.api_keys.drop_cached(account);
    if (changed) {
        changed = co_await end_sessions(parts_.sessions, account);
    }
    if (!changed) {
        co_return co_await audited.refuse_change(changed.error().code);
    }
    co_return Result<>();
}

Task<Result<>> AccountDirectory::enable(AccountId account, std::string actor) {
    Audited audited(parts_, Event::account_enabled, std::move(actor));
    Result<> recorded = co_await record_of(parts_.accounts, audited, account);
    if (!recorded) {
        co_return recorded;
    }
    auto enable = [](AccountRecord& record) { record.status = Status::active; };
    Result<> changed = co_await change_account(parts_.accounts, account, enable);
    if (!changed) {
        co_return co_await audited.refuse_change(changed.error().code);
    }
    co_return Result<>();
}

Task<Result<>> AccountDirectory::remove(AccountId account, std::string actor) {
    Audited audited(parts_, Event::account_removed, std::move(actor));
    Result<> recorded = co_await record_of(parts_.accounts, audited, account);
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> removed = co_await parts_.accounts.remove(account);
    parts_.sessions.drop_cached(account);
    parts_.api_keys.drop_cached(account);
    if (!removed) {
        co_return co_await audited.refuse_change(removed.error().code);
    }
    if (!*removed) {
        co_return fail(Errc::not_found, "account");
    }
    parts_.guard.forget(account);
    Result<std::size_t> erased = co_await parts_.audit.erase_personal(account);
    if (!erased) {
        co_return propagate(erased);
    }
    co_return Result<>();
}

Task<Result<>> AccountDirectory::set_password(AccountId account, SecretText password, std::string actor) {
    Audited audited(parts_, Event::password_changed, std::move(actor));
    audited.concerns(account);
    Result<AccountRecord> record = co_await load_account(parts_.accounts, account);
    if (!record) {
        co_return propagate(record);
    }
    Result<password::Password> chosen = detail::parse_new_password(parts_, *record, password);
    if (!chosen) {
        co_return propagate(chosen);
    }
    Result<std::string> hash = co_await parts_.passwords.hash(std::move(*chosen));
    if (!hash) {
        co_return propagate(hash);
    }

    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return recorded;
    }
    Result<> changed = co_await replace_password(parts_, account, std::move(*hash));
    if (!changed) {
        co_return co_await audited.refuse_change(changed.error().code);
    }
    co_return Result<>();
}

Task<Result<std::vector<FederatedIdentity>>> AccountDirectory::list_identities(AccountId account) {
    return parts_.identities.list(account);
}

Task<Result<>> AccountDirectory::unlink(
    AccountId account, FederatedIdentityId target, WayIn way_in, std::string actor
) {
    Audited audited(parts_, Event::identity_unlinked, std::move(actor));
    audited.concerns(account);
    detail::Unlinking unlinking{.account = account, .target = target, .session = {}, .way_in = way_in};
    co_return co_await detail::unlink(parts_, policy_, audited, std::move(unlinking));
}

Task<Result<std::string>> AccountDirectory::make_invitation(Invitation invitation, std::string actor) {
    Audited audited(parts_, Event::invitation_made, std::move(actor));
    flow::Beginning beginning{.flow = flow::Flow::invited_registration};
    const bool has_lifetime = invitation.lifetime > Duration::zero();
    beginning.lifetime = has_lifetime ? invitation.lifetime : policy_.invitation_lifetime;
    if (!invitation.email.empty()) {
        Result<EmailAddress> email = EmailAddress::parse(invitation.email);
        if (!email) {
            co_return propagate(email);
        }
        beginning.subject = email->key();
        audited.concerns(email->key());
    }
    const flow::FlowState state = parts_.flows.begin(std::move(beginning));
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return parts_.flows.seal(state, flow::Carrier::invitation);
}

Task<Result<>> AccountDirectory::revoke_invitation(std::string code, std::string actor) {
    Audited audited(parts_, Event::invitation_revoked, std::move(actor));
    Result<flow::FlowState> invitation =
        parts_.flows.open(code, flow::Flow::invited_registration, flow::Carrier::invitation);
    if (!invitation && invitation.error().code == Errc::expired) {
        co_return fail(Errc::expired, "invitation");
    }
    if (!invitation) {
        co_return fail(Errc::not_found, "invitation: the code was not made here");
    }
    audited.concerns(invitation->subject());
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return recorded;
    }
    // Consumed as a registration would consume it, but for no account.
    const AccountId nobody;
    Result<flow::FlowState> consumed =
        co_await parts_.flows.finish_step(std::move(*invitation), flow::Step::invitation, nobody);
    if (!consumed && consumed.error().code == Errc::replayed) {
        co_return co_await audited.refuse(Errc::replayed, audit::Rule::invitation);
    }
    if (!consumed) {
        co_return co_await audited.refuse_change(consumed.error().code);
    }
    co_return Result<>();
}

}  // namespace cardea::account
