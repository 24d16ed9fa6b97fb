// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/audited.h"
#include "cardea/account/service.h"
#include "cardea/account/username.h"

#include <algorithm>

namespace cardea::account {

using apikey::ApiKeyRecord;
using audit::Event;
using audit::Rule;
using detail::Audited;

namespace {

/// The key among those of its account. Errc::not_found.
Result<ApiKeyRecord> find_key(const std::vector<ApiKeyRecord>& keys, ApiKeyId id) {
    const auto found = std::ranges::find(keys, id, &ApiKeyRecord::id);
    if (found == keys.end()) {
        return fail(Errc::not_found, "API key");
    }
    return *found;
}

/// The store sees to it; asking first saves a row for what does not come to pass.
Result<> check_room(const std::vector<ApiKeyRecord>& keys) {
    if (keys.size() >= apikey::max_keys_per_account) {
        return fail(Errc::too_large, "API keys of the account");
    }
    return {};
}

/// Whether the rotation can be done.
Result<> check_rotation(const std::vector<ApiKeyRecord>& keys, const ApiKeyRotation& rotation) {
    if (Result<> overlap = apikey::check_overlap(rotation.overlap); !overlap) {
        return overlap;
    }
    Result<ApiKeyRecord> old = find_key(keys, rotation.key);
    if (!old) {
        return propagate(old);
    }
    if (!old->replaced_by.is_nil()) {
        return fail(Errc::conflict, "API key was rotated before");
    }
    return check_room(keys);
}

}  // namespace

Task<Result<>> AccountService::record_new_key(detail::Audited& audited, AccountId account) {
    const Result<ratelimit::Decision> decision = new_keys_.take(as_text(account.bytes()), parts_.clock.now());
    if (!decision) {
        co_return fail(decision.error().code, "API key limit");
    }
    if (!decision->allowed) {
        co_return co_await audited.refuse(Errc::rate_limited, Rule::api_key_limit, decision->retry_after);
    }
    co_return co_await audited.record();
}

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
    Result<apikey::IssuedApiKey> issued = parts_.api_keys.prepare(std::move(wish));
    if (!issued) {
        co_return issued;
    }
    Result<std::vector<ApiKeyRecord>> keys = co_await parts_.api_keys.list(session.account);
    if (!keys) {
        co_return propagate(keys);
    }
    if (Result<> room = check_room(*keys); !room) {
        co_return propagate(room);
    }
    audited.concerns(issued->record.id.to_string());
    Result<> recorded = co_await record_new_key(audited, session.account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<> added = co_await parts_.api_keys.add(issued->record, session.id);
    if (!added) {
        co_return co_await audited.refuse_change(added.error().code);
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
    Result<std::vector<ApiKeyRecord>> keys = co_await parts_.api_keys.list(session.account);
    if (!keys) {
        co_return propagate(keys);
    }
    if (Result<> possible = check_rotation(*keys, rotation); !possible) {
        co_return propagate(possible);
    }
    Result<> recorded = co_await record_new_key(audited, session.account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<apikey::IssuedApiKey> issued =
        co_await parts_.api_keys.rotate(session.account, rotation.key, rotation.overlap, session.id);
    if (!issued) {
        co_return co_await audited.refuse_change(issued.error().code);
    }
    co_return issued;
}

Task<Result<>> AccountService::revoke_api_key(
    session::SessionRecord session, ApiKeyId target, RequestFacts facts
) {
    Audited audited(parts_, Event::api_key_revoked, facts);
    audited.concerns(session.account);
    audited.concerns(target.to_string());
    Result<std::vector<ApiKeyRecord>> keys = co_await parts_.api_keys.list(session.account);
    if (!keys) {
        co_return propagate(keys);
    }
    if (Result<ApiKeyRecord> found = find_key(*keys, target); !found) {
        co_return propagate(found);
    }
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> revoked = co_await parts_.api_keys.revoke(session.account, target, session.id);
    if (!revoked) {
        co_return co_await audited.refuse_change(revoked.error().code);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "API key");
    }
    co_return Result<>();
}

}  // namespace cardea::account
