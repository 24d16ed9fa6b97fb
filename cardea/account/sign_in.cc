// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/detail/login_name.h"
#include "cardea/account/detail/password_proof.h"
#include "cardea/account/detail/session_start.h"
#include "cardea/account/service.h"

namespace cardea::account {
namespace {

using audit::Event;
using audit::Rule;
using detail::Audited;
using detail::LoginName;

/// What a person types as a user name may be their password in the wrong field, so it is kept out of the log
/// unless it is an address.
void note_subject(Audited& audited, const LoginName& name, const std::optional<AccountRecord>& account) {
    if (account) {
        audited.concerns(account->id);
    } else if (name.kind == LoginName::Kind::email) {
        audited.concerns(name.key);
    }
}

}  // namespace

Task<Result<AccountRecord>> AccountService::authenticate(
    detail::Audited& audited, Credentials credentials, const RequestFacts& facts
) {
    const LoginName name = detail::parse_login_name(credentials.name);
    Result<std::optional<AccountRecord>> found = co_await detail::find_account(parts_.accounts, name);
    if (!found) {
        co_return propagate(found);
    }
    note_subject(audited, name, *found);
    const DeviceCookie device = parts_.guard.open_device(facts.device_cookie);
    const std::optional<KnownCaller> caller = parts_.guard.known_caller(device, *found);
    detail::Attempt attempt{std::move(*found), name.key, std::move(credentials.password), caller};
    co_return co_await detail::prove_password_from(parts_, audited, std::move(attempt), facts.client_address);
}

Task<Result<SignedIn>> AccountService::sign_in(
    Credentials credentials, SessionWish wish, RequestFacts facts, std::optional<flow::FlowState> flow
) {
    Audited audited(parts_, Event::signed_in, facts);
    Result<AccountRecord> account = co_await authenticate(audited, std::move(credentials), facts);
    if (!account) {
        co_return propagate(account);
    }

    const flow::FlowState state = flow ? std::move(*flow) : parts_.flows.begin({.flow = flow::Flow::sign_in});
    Result<detail::SessionPermit> permit =
        parts_.flows.take_last_step<flow::Flow::sign_in>(state, flow::Step::password, account->id);
    detail::SignInEnd end{std::move(wish), std::move(facts), "pwd", state.next()};
    co_return co_await detail::finish_sign_in(
        parts_, audited, std::move(permit), std::move(*account), std::move(end)
    );
}

}  // namespace cardea::account
