// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/api_key_owners.h"

#include "cardea/audit/log.h"

namespace cardea::account {

namespace {

constexpr ratelimit::Limit noted_per_key{.count = 1, .period = std::chrono::hours(1)};
constexpr std::size_t remembered_keys = 4'096;

}  // namespace

ApiKeyOwners::ApiKeyOwners(const ApiKeyOwnersParts& parts)
    : accounts_(parts.accounts),
      audit_(parts.audit),
      clock_(parts.clock),
      notes_(parts.random.secret<16>(), ratelimit::Quota(noted_per_key), remembered_keys) {}

Task<Result<std::shared_ptr<const apikey::Owner>>> ApiKeyOwners::load(const apikey::ApiKeyRecord& record) {
    Result<AccountRecord> account = co_await load_active_account(accounts_, record.account);
    if (!account) {
        co_return propagate(account);
    }
    co_return make_owner(*account, record);
}

std::shared_ptr<const apikey::Owner> ApiKeyOwners::make_owner(
    const AccountRecord& account, const apikey::ApiKeyRecord& /*key*/
) const {
    return std::make_shared<const ApiKeyOwner>(account);
}

Task<> ApiKeyOwners::note_refusal(const apikey::ApiKeyRecord& record, Errc reason) {
    const bool is_about_the_key = reason != Errc::store_unavailable && reason != Errc::busy;
    const Result<ratelimit::Decision> decision =
        notes_.take(ratelimit::make_key("api_key", as_text(record.id.bytes())), clock_.now());
    if (!is_about_the_key || !decision || !decision->allowed) {
        co_return;
    }
    audit::Entry entry{.event = audit::Event::api_key_refused, .refusal = reason, .account = record.account};
    entry.personal.subject = record.id.to_string();
    co_await audit_.note(std::move(entry));
}

}  // namespace cardea::account
