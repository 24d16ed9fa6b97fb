// SPDX-License-Identifier: Apache-2.0
#include "server/user.h"

#include "server/session_json.h"

namespace cardea::server {
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

}  // namespace

User::User(
    const account::AccountRecord& account, const session::SessionRecord& session, std::string_view csrf_token
)
    : Identity(account),
      FinishedAnswers(
          server::session_json(account, session, csrf_token), server::identity_lines(account, session)
      ) {}

Task<Result<std::shared_ptr<const session::Subject>>> UserLoader::load(const session::SessionRecord& record) {
    Result<account::AccountRecord> account = co_await account::load_active_account(accounts_, record.account);
    if (!account) {
        co_return propagate(account);
    }
    co_return std::make_shared<const User>(*account, record, csrf_token_(record.id));
}

KeyUser::KeyUser(const account::AccountRecord& account, const apikey::ApiKeyRecord& key)
    : ApiKeyOwner(account),
      FinishedAnswers(key_session_json(account, key), server::identity_lines(account, key)) {}

const FinishedAnswers& answers_of(const web::Request& request) noexcept {
    if (request.live_session() != nullptr) {
        return request.subject<User>();
    }
    return request.owner<KeyUser>();
}

std::shared_ptr<const apikey::Owner> KeyUsers::make_owner(
    const account::AccountRecord& account, const apikey::ApiKeyRecord& key
) const {
    return std::make_shared<const KeyUser>(account, key);
}

}  // namespace cardea::server
