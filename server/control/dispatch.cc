// SPDX-License-Identifier: Apache-2.0
#include "server/control/dispatch.h"

#include "cardea/apikey/json.h"
#include "cardea/base/duration_text.h"
#include "cardea/base/hex.h"
#include "cardea/base/time_text.h"
#include "server/config/values.h"
#include "server/control/records_json.h"
#include "server/operations.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

namespace cardea::server {
namespace {

using account::AccountRecord;

std::string text_of(const Json& arguments, std::string_view name) {
    return std::string(arguments.find_text(name).value_or(""));
}

/// The account that the argument "account" names by its id, e-mail address or user name.
Task<Result<AccountRecord>> find_account(Operations& operations, const Json& arguments) {
    std::string name = text_of(arguments, "account");
    co_return co_await operations.find_account(std::move(name));
}

/// What is done with one account: finds it and goes on with `Run`.
template <Task<Result<std::string>> (*Run)(Operations&, const AccountRecord&, const Json&)>
Task<Result<std::string>> with_account(Operations& operations, const Json& arguments) {
    auto account = co_await find_account(operations, arguments);
    if (!account) {
        co_return propagate(account);
    }
    co_return co_await Run(operations, *account, arguments);
}

Task<Result<std::string>> add_account(Operations& operations, const Json& arguments) {
    account::Registration registration;
    registration.email = text_of(arguments, "email");
    registration.username = text_of(arguments, "username");
    registration.name = text_of(arguments, "name");
    registration.password = SecretText(arguments.find_text("password").value_or(""));
    registration.password_hash = text_of(arguments, "password_hash");
    auto account = co_await operations.add_account(std::move(registration));
    if (!account) {
        co_return propagate(account);
    }
    co_return to_json(*account);
}

Task<Result<std::string>> show_account(Operations&, const AccountRecord& account, const Json&) {
    co_return to_json(account);
}

Task<Result<std::string>> list_accounts(Operations& operations, const Json& arguments) {
    account::Page page;
    page.limit = page_size;
    if (const auto after = arguments.find_text("after")) {
        Result<AccountId> id = AccountId::parse(*after);
        if (!id) {
            co_return propagate(id);
        }
        page.after = *id;
    }
    auto accounts = co_await operations.list_accounts(page);
    if (!accounts) {
        co_return propagate(accounts);
    }
    co_return to_json(*accounts);
}

template <Task<Result<>> (Operations::*Change)(AccountId)>
Task<Result<std::string>> change_account(Operations& operations, const AccountRecord& account, const Json&) {
    auto changed = co_await (operations.*Change)(account.id);
    if (!changed) {
        co_return propagate(changed);
    }
    co_return to_json(account.id);
}

Task<Result<std::string>> set_password(
    Operations& operations, const AccountRecord& account, const Json& arguments
) {
    SecretText password(arguments.find_text("password").value_or(""));
    auto changed = co_await operations.set_password(account.id, std::move(password));
    if (!changed) {
        co_return propagate(changed);
    }
    co_return to_json(account.id);
}

Task<Result<std::string>> list_identities(Operations& operations, const AccountRecord& account, const Json&) {
    auto identities = co_await operations.list_identities(account.id);
    if (!identities) {
        co_return propagate(identities);
    }
    co_return to_json(*identities);
}

Task<Result<std::string>> unlink_identity(
    Operations& operations, const AccountRecord& account, const Json& arguments
) {
    Result<FederatedIdentityId> identity = FederatedIdentityId::parse(text_of(arguments, "identity"));
    if (!identity) {
        co_return propagate(identity);
    }
    const bool is_forced = text_of(arguments, "force") == "yes";
    const account::WayIn way_in = is_forced ? account::WayIn::may_go : account::WayIn::has_to_stay;
    auto unlinked = co_await operations.unlink_identity(account.id, *identity, way_in);
    if (!unlinked) {
        co_return propagate(unlinked);
    }
    co_return to_count_json("unlinked", 1);
}

Task<Result<std::string>> list_sessions(Operations& operations, const AccountRecord& account, const Json&) {
    auto sessions = co_await operations.list_sessions(account.id);
    if (!sessions) {
        co_return propagate(sessions);
    }
    co_return to_json(*sessions);
}

Task<Result<std::string>> revoke_session(
    Operations& operations, const AccountRecord& account, const Json& arguments
) {
    Result<SessionId> session = SessionId::parse(text_of(arguments, "session"));
    if (!session) {
        co_return propagate(session);
    }
    auto revoked = co_await operations.revoke_session(account.id, *session);
    if (!revoked) {
        co_return propagate(revoked);
    }
    co_return to_count_json("revoked", 1);
}

template <Task<Result<std::size_t>> (Operations::*Revoke)(AccountId)>
Task<Result<std::string>> revoke_all(Operations& operations, const AccountRecord& account, const Json&) {
    auto count = co_await (operations.*Revoke)(account.id);
    if (!count) {
        co_return propagate(count);
    }
    co_return to_count_json("revoked", *count);
}

Task<Result<std::string>> issue_api_key(
    Operations& operations, const AccountRecord& account, const Json& arguments
) {
    Result<std::optional<Duration>> lifetime = apikey::parse_key_lifetime(text_of(arguments, "lifetime"));
    if (!lifetime) {
        co_return propagate(lifetime);
    }
    apikey::NewApiKey wish;
    wish.account = account.id;
    wish.name = text_of(arguments, "name");
    wish.lifetime = *lifetime;
    if (const Json* scopes = arguments.find("scopes")) {
        for (const Json& scope : scopes->items()) {
            wish.scopes.emplace_back(scope.as_text().value_or(""));
        }
    }
    auto issued = co_await operations.issue_api_key(std::move(wish));
    if (!issued) {
        co_return propagate(issued);
    }
    co_return apikey::issued_api_key_json(*issued);
}

Task<Result<std::string>> list_api_keys(Operations& operations, const AccountRecord& account, const Json&) {
    auto keys = co_await operations.list_api_keys(account.id);
    if (!keys) {
        co_return propagate(keys);
    }
    co_return apikey::api_keys_json(*keys);
}

Task<Result<std::string>> revoke_api_key(
    Operations& operations, const AccountRecord& account, const Json& arguments
) {
    Result<ApiKeyId> key = ApiKeyId::parse(text_of(arguments, "key"));
    if (!key) {
        co_return propagate(key);
    }
    auto revoked = co_await operations.revoke_api_key(account.id, *key);
    if (!revoked) {
        co_return propagate(revoked);
    }
    co_return to_count_json("revoked", 1);
}

Task<Result<std::string>> check_api_key(Operations& operations, const Json& arguments) {
    apikey::ApiKeyHash hash{};
    if (!hex_decode(text_of(arguments, "sha256"), hash)) {
        co_return fail(Errc::malformed, "SHA-256 of an API key");
    }
    auto finding = co_await operations.find_api_key(hash);
    if (!finding) {
        co_return propagate(finding);
    }
    co_return to_json(*finding);
}

Task<Result<std::string>> invite(Operations& operations, const Json& arguments) {
    account::Invitation invitation;
    invitation.email = text_of(arguments, "email");
    if (const auto lifetime = arguments.find_text("lifetime")) {
        Result<Duration> duration = parse_duration(*lifetime);
        if (!duration) {
            co_return propagate(duration);
        }
        invitation.lifetime = *duration;
    }
    auto issued = co_await operations.invite(std::move(invitation));
    if (!issued) {
        co_return propagate(issued);
    }
    co_return to_json(*issued);
}

Task<Result<std::string>> revoke_invitation(Operations& operations, const Json& arguments) {
    std::string code = text_of(arguments, "code");
    auto revoked = co_await operations.revoke_invitation(std::move(code));
    if (!revoked) {
        co_return propagate(revoked);
    }
    co_return to_count_json("revoked", 1);
}

Task<Result<std::string>> back_up(Operations& operations, const Json& arguments) {
    const std::filesystem::path target = text_of(arguments, "target");
    auto done = co_await operations.back_up(target);
    if (!done) {
        co_return propagate(done);
    }
    co_return to_text_json("target", target.string());
}

Task<Result<std::string>> check(Operations& operations, const Json&) {
    auto problems = co_await operations.check();
    if (!problems) {
        co_return propagate(problems);
    }
    co_return problems_json(*problems);
}

Task<Result<std::string>> show_schema(Operations& operations, const Json&) {
    co_return to_json(operations.schema());
}

Task<Result<std::string>> verify_audit(Operations& operations, const Json& arguments) {
    std::optional<audit::Head> known;
    if (const auto text = arguments.find_text("head")) {
        Result<audit::Head> head = audit::parse_head(*text);
        if (!head) {
            co_return propagate(head);
        }
        known = *head;
    }
    auto verification = co_await operations.verify_audit(known);
    if (!verification) {
        co_return propagate(verification);
    }
    co_return to_json(*verification);
}

/// What "audit.list" was asked for, but for the account.
Result<audit::Choice> read_choice(const Json& arguments) {
    audit::Choice choice;
    choice.event = text_of(arguments, "event");
    choice.limit = audit_page_size;
    if (const auto limit = arguments.find_text("limit")) {
        Result<std::size_t> number = parse_count(*limit, 1, std::numeric_limits<std::size_t>::max());
        if (!number) {
            return propagate(number);
        }
        choice.limit = std::min(audit_page_size, *number);
    }
    if (const auto before = arguments.find_text("before")) {
        Result<std::size_t> number = parse_count(*before, 1, std::numeric_limits<std::int64_t>::max());
        if (!number) {
            return propagate(number);
        }
        choice.before = static_cast<std::int64_t>(*number);
    }
    if (const auto since = arguments.find_text("since")) {
        Result<Time> time = parse_rfc3339(*since);
        if (!time) {
            return propagate(time);
        }
        choice.since = *time;
    }
    return choice;
}

Task<Result<std::string>> list_audit(Operations& operations, const Json& arguments) {
    Result<audit::Choice> choice = read_choice(arguments);
    if (!choice) {
        co_return propagate(choice);
    }
    const std::string who = text_of(arguments, "account");
    const Result<AccountId> id = AccountId::parse(who);
    if (id) {
        choice->account = *id;  // rows outlive their account
    } else if (!who.empty()) {
        auto account = co_await find_account(operations, arguments);
        if (!account) {
            co_return propagate(account);
        }
        choice->account = account->id;
    }
    auto listing = co_await operations.list_audit(std::move(*choice));
    if (!listing) {
        co_return propagate(listing);
    }
    co_return to_json(*listing);
}

Task<Result<std::string>> explain(Operations& operations, const Json& arguments) {
    Result<audit::Refusal> refusal = operations.explain(text_of(arguments, "reference"));
    if (!refusal) {
        co_return propagate(refusal);
    }
    co_return to_json(*refusal);
}

struct Entry {
    std::string_view name;
    Task<Result<std::string>> (*run)(Operations&, const Json&);
};

constexpr std::array entries{
    Entry{"account.add", add_account},
    Entry{"account.show", with_account<show_account>},
    Entry{"account.list", list_accounts},
    Entry{"account.disable", with_account<change_account<&Operations::disable_account>>},
    Entry{"account.enable", with_account<change_account<&Operations::enable_account>>},
    Entry{"account.delete", with_account<change_account<&Operations::delete_account>>},
    Entry{"account.set_password", with_account<set_password>},
    Entry{"identity.list", with_account<list_identities>},
    Entry{"identity.unlink", with_account<unlink_identity>},
    Entry{"session.list", with_account<list_sessions>},
    Entry{"session.revoke", with_account<revoke_session>},
    Entry{"session.revoke_all", with_account<revoke_all<&Operations::revoke_all_sessions>>},
    Entry{"api_key.issue", with_account<issue_api_key>},
    Entry{"api_key.list", with_account<list_api_keys>},
    Entry{"api_key.revoke", with_account<revoke_api_key>},
    Entry{"api_key.revoke_all", with_account<revoke_all<&Operations::revoke_all_api_keys>>},
    Entry{"api_key.check", check_api_key},
    Entry{"invite", invite},
    Entry{"invitation.revoke", revoke_invitation},
    Entry{"backup", back_up},
    Entry{"check", check},
    Entry{"schema", show_schema},
    Entry{"audit.verify", verify_audit},
    Entry{"audit.list", list_audit},
    Entry{"why", explain},
};

}  // namespace

Task<Result<std::string>> dispatch(
    Operations& operations, std::string_view operation, const Json& arguments
) {
    const auto entry = std::ranges::find(entries, operation, &Entry::name);
    if (entry == entries.end()) {
        co_return fail(
            Errc::unsupported, "this server does not know that operation: restart it after an upgrade"
        );
    }
    co_return co_await entry->run(operations, arguments);
}

}  // namespace cardea::server
