// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/service.h"
#include "cardea/account/username.h"

namespace cardea::account {

using audit::Event;
using audit::Rule;
using detail::Audited;

Task<Result<apikey::IssuedApiKey>> AccountService::issue_api_key(
    session::SessionRecord session, apikey::NewApiKey wish, RequestFacts facts
) {
    Audited audited(parts_, Event::api_key_issued, facts);
    audited.concerns(session.account);
    if (needs_step_up(session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    Result<std::string> name = parse_display_name(wish.name);
    if (!name) {
        co_return fail(Errc::invalid, "API key name");
    }
    wish.account = session.account;
    wish.name = std::move(*name);
    wish.session = session.id;
    Result<apikey::IssuedApiKey> issued = co_await parts_.api_keys.issue(std::move(wish));
    if (!issued) {
        co_return issued;
    }
    audited.concerns(issued->record.id.to_string());
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return issued;
}

Task<Result<apikey::IssuedApiKey>> AccountService::rotate_api_key(
    session::SessionRecord session, ApiKeyRotation rotation, RequestFacts facts
) {
    Audited audited(parts_, Event::api_key_rotated, facts);
    audited.concerns(session.account);
    audited.concerns(rotation.key.to_string());
    if (needs_step_up(session)) {
        co_return co_await audited.refuse(Errc::step_up_required, Rule::step_up);
    }
    Result<apikey::IssuedApiKey> issued =
        co_await parts_.api_keys.rotate(session.account, rotation.key, rotation.overlap, session.id);
    if (!issued) {
        co_return issued;
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return issued;
}

Task<Result<>> AccountService::revoke_api_key(
    session::SessionRecord session, ApiKeyId target, RequestFacts facts
) {
    Audited audited(parts_, Event::api_key_revoked, facts);
    audited.concerns(session.account);
    audited.concerns(target.to_string());
    Result<bool> revoked = co_await parts_.api_keys.revoke(session.account, target, session.id);
    if (!revoked) {
        co_return co_await audited.refuse_change(revoked.error().code);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "API key");
    }
    co_return co_await audited.record();
}

}  // namespace cardea::account
