// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/user.h"

#include "cardea/identity/session_json.h"

#include <ranges>
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

std::string identity_lines(
    const account::AccountRecord& account, const apikey::ApiKeyRecord& key, const web::User& user
) {
    std::string lines = account_lines(account) + "X-Auth-Api-Key: " + key.id.to_string() + "\r\n";
    if (user.is_limited) {
        lines += "X-Auth-Scopes:";
        for (const std::string& scope : user.scopes) {
            lines.append(" ").append(scope);
        }
        lines += "\r\n";
    }
    return lines;
}

/// What others may read of somebody: the name that they chose, and never a whole e-mail address. Who signs in
/// by a provider may have neither.
std::string shown_name(const account::AccountRecord& account) {
    const std::string local_part = account.email.substr(0, account.email.find('@'));
    for (const std::string* name : {&account.name, &account.username, &local_part}) {
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

/// A key without scopes is as good as its owner. One with scopes has those of them that the owner has; where
/// the program knows no scopes of people, all.
web::User make_user(
    const account::AccountRecord& account, const ScopesOf& scopes, const apikey::ApiKeyRecord& key
) {
    web::User user = make_user(account, scopes);
    if (key.scopes.empty()) {
        return user;
    }
    user.is_limited = true;
    std::vector<std::string> own;
    for (const auto part : std::views::split(std::string_view(key.scopes), ' ')) {
        std::string scope{std::string_view(part)};
        if (!scopes || scope == "authenticated" || user.has_scope(scope)) {
            own.push_back(std::move(scope));
        }
    }
    user.scopes = std::move(own);
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
    web::User user = make_user(account, scopes_, key);
    std::string lines = identity_lines(account, key, user);
    FinishedAnswers answers(std::move(user), key_session_json(account, key), std::move(lines));
    return std::make_shared<const KeyUser>(account, std::move(answers));
}

const FinishedAnswers& answers_of(const web::Request& request) noexcept {
    if (request.account_session() != nullptr) {
        return request.subject<AccountUser>();
    }
    return request.owner<KeyUser>();
}

}  // namespace cardea::identity
