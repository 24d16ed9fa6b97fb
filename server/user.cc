// SPDX-License-Identifier: Apache-2.0
#include "server/user.h"

#include "cardea/base/json_writer.h"
#include "cardea/session/policy.h"
#include "server/session_json.h"

namespace cardea::server {
namespace {

std::string identity_lines(const account::AccountRecord& account, const session::SessionRecord& session) {
    std::string lines = "X-Auth-User: " + account.id.to_string() + "\r\n";
    if (account.email_verified) {
        lines += "X-Auth-Email: " + account.email_key + "\r\n";
    }
    lines += "X-Auth-Session: " + session.id.to_string() + "\r\n";
    return lines;
}

}  // namespace

User::User(
    const account::AccountRecord& account, const session::SessionRecord& session, std::string_view csrf_token
)
    : Identity(account),
      session_json_(std::make_shared<const std::string>(server::session_json(account, session, csrf_token))),
      identity_lines_(server::identity_lines(account, session)) {}

Task<Result<std::shared_ptr<const session::Subject>>> UserLoader::load(const session::SessionRecord& record) {
    Result<account::AccountRecord> account = co_await account::load_active_account(accounts_, record.account);
    if (!account) {
        co_return propagate(account);
    }
    co_return std::make_shared<const User>(*account, record, csrf_token_(record.id));
}

}  // namespace cardea::server
