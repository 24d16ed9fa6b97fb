// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/new_account.h"

#include "cardea/account/email.h"
#include "cardea/account/password_desk.h"
#include "cardea/account/username.h"

#include <array>

namespace cardea::account::detail {
namespace {

using audit::Rule;

Result<> parse_names(const Registration& registration, AccountRecord& record) {
    if (registration.email.empty() && registration.username.empty()) {
        return fail(Errc::invalid, "an e-mail address or a user name is needed");
    }
    if (!registration.email.empty()) {
        Result<EmailAddress> email = EmailAddress::parse(registration.email);
        if (!email) {
            return propagate(email);
        }
        record.email = email->text();
        record.email_key = email->key();
    }
    if (!registration.username.empty()) {
        Result<Username> username = Username::parse(registration.username);
        if (!username) {
            return propagate(username);
        }
        record.username = username->text();
        record.username_key = username->key();
    }
    Result<std::string> shown = parse_display_name(registration.name);
    if (!shown) {
        return propagate(shown);
    }
    record.name = std::move(*shown);
    return {};
}

/// The names are unique in the store whatever is found here; asking first saves the hash.
Task<Result<bool>> is_taken(AccountStore& accounts, const AccountRecord& record) {
    Result<std::optional<AccountRecord>> found;
    if (!record.email_key.empty()) {
        found = co_await accounts.find_by_email(record.email_key);
    }
    if (found && !*found && !record.username_key.empty()) {
        found = co_await accounts.find_by_username(record.username_key);
    }
    if (!found) {
        co_return propagate(found);
    }
    co_return found->has_value();
}

Result<> check_choice(const Parts& parts, const password::Password& password, const AccountRecord& account) {
    const std::array<std::string_view, 3> context{account.email, account.username, account.name};
    return parts.passwords.check_new(password, context);
}

/// Which rule refused a choice.
Rule rule_of(Errc code) noexcept {
    if (code == Errc::busy) {
        return Rule::hashing_queue;
    }
    return code == Errc::invalid || code == Errc::too_large ? Rule::name_input : Rule::password_policy;
}

}  // namespace

Task<std::unexpected<Error>> refuse_choice(Audited& audited, const Error& error) {
    return audited.refuse(error.code, rule_of(error.code), error.retry_after);
}

Result<NewAccount> parse_new_account(const Parts& parts, const Registration& registration) {
    NewAccount account;
    if (Result<> names = parse_names(registration, account.record); !names) {
        return propagate(names);
    }
    if (!registration.password.empty()) {
        Result<password::Password> password = password::Password::parse(registration.password.expose());
        if (!password) {
            return propagate(password);
        }
        if (Result<> chosen = check_choice(parts, *password, account.record); !chosen) {
            return propagate(chosen);
        }
        account.password = std::move(*password);
    }
    account.record.id = AccountId::make(parts.random);
    account.record.created_at = parts.clock.now();
    account.record.password_changed_at = account.record.created_at;
    return account;
}

Task<Result<>> prepare(const Parts& parts, Audited& audited, NewAccount& account) {
    Result<bool> taken = co_await is_taken(parts.accounts, account.record);
    if (!taken) {
        co_return propagate(taken);
    }
    if (*taken) {
        co_return co_await audited.refuse(Errc::conflict, Rule::name_taken);
    }
    if (!account.password) {
        co_return Result<>();
    }
    Result<std::string> hash = co_await parts.passwords.hash(std::move(*account.password));
    if (!hash) {
        co_return co_await refuse_choice(audited, hash.error());
    }
    account.record.password_hash = std::move(*hash);
    co_return Result<>();
}

Result<password::Password> parse_new_password(
    const Parts& parts, const AccountRecord& account, const SecretText& text
) {
    Result<password::Password> password = password::Password::parse(text.expose());
    if (!password) {
        return password;
    }
    if (Result<> chosen = check_choice(parts, *password, account); !chosen) {
        return propagate(chosen);
    }
    return password;
}

Task<Result<AccountRecord>> insert(
    const Parts& parts, Audited& audited, AccountRecord record, std::vector<OneTimeUse> consumes
) {
    audited.concerns(record.id);
    Result<> recorded = co_await audited.record();
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<> inserted = co_await parts.accounts.insert(record, std::move(consumes));
    if (!inserted && inserted.error().code == Errc::conflict) {
        co_return co_await audited.refuse(Errc::conflict, Rule::name_taken);
    }
    if (!inserted && inserted.error().code == Errc::replayed) {
        co_return propagate(inserted);
    }
    if (!inserted) {
        co_return co_await audited.refuse_change(inserted.error().code);
    }
    co_return record;
}

}  // namespace cardea::account::detail
