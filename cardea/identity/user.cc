// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/user.h"

#include "cardea/apikey/scopes.h"
#include "cardea/identity/session_json.h"

#include <utility>

namespace cardea::identity {
namespace {

std::string account_lines(const account::AccountRecord& account) {
    std::string lines = "X-Auth-User: " + account.id.to_string() + "\r\n";
    if (account.email_verified) {
        lines += "X-Auth-Email: " + account.email_key + "\r\n";
    }
    return lines;
}

std::string identity_lines(const account::AccountRecord& account, const session::SessionRecord& session) {
    return account_lines(account) + "X-Auth-Session: " + session.id.to_string() + "\r\n";
}

std::string identity_lines(const account::AccountRecord& account, const apikey::ApiKeyRecord& key) {
    std::string lines = account_lines(account) + "X-Auth-Api-Key: " + key.id.to_string() + "\r\n";
    if (!key.scopes.empty()) {
        lines += "X-Auth-Scopes: " + key.scopes + "\r\n";
    }
    return lines;
}

/// What people read of somebody, first of all the name that they chose. Who signs in by a provider may have
/// none of them.
std::string shown_name(const account::AccountRecord& account) {
    for (const std::string* name : {&account.name, &account.email, &account.username}) {
        if (!name->empty()) {
            return *name;
        }
    }
    return account.id.to_string();
}

web::User make_user(const account::AccountRecord& account, const ScopesOf& scopes) {
    return {
        .id = account.id.to_string(),
        .name = shown_name(account),
        .scopes = scopes ? scopes(account) : std::vector<std::string>(),
    };
}

web::User make_user(
    const account::AccountRecord& account, const ScopesOf& scopes, const apikey::ApiKeyRecord& key
) {
    web::User user = make_user(account, scopes);
    if (!key.scopes.empty()) {
        std::erase_if(user.scopes, [&key](const std::string& scope) {
            return !apikey::has_scope(key.scopes, scope);
        });
    }
    return user;
}

}  // namespace

Task<Result<std::shared_ptr<const session::Subject>>> AccountUsers::load(const session::SessionRecord& record
) {
    Result<account::AccountRecord> account = co_await account::load_active_account(accounts_, record.account);
    if (!account) {
        co_return propagate(account);
    }
    FinishedAnswers answers(
        make_user(*account, scopes_),
        session_json(*account, record, csrf_token_(record.id)),
        identity_lines(*account, record)
    );
    co_return std::make_shared<const AccountUser>(*account, std::move(answers));
}

std::shared_ptr<const apikey::Owner> KeyUsers::make_owner(
    const account::AccountRecord& account, const apikey::ApiKeyRecord& key
) const {
    FinishedAnswers answers(
        make_user(account, scopes_, key), key_session_json(account, key), identity_lines(account, key)
    );
    return std::make_shared<const KeyUser>(account, std::move(answers));
}

const FinishedAnswers& answers_of(const web::Request& request) noexcept {
    if (request.account_session() != nullptr) {
        return request.subject<AccountUser>();
    }
    return request.owner<KeyUser>();
}

}  // namespace cardea::identity
