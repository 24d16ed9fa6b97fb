// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/password_proof.h"

#include "cardea/account/password_desk.h"
#include "cardea/log/log.h"

namespace cardea::account::detail {
namespace {

using audit::Rule;

bool has_password(const std::optional<AccountRecord>& account) {
    return account && !account->password_hash.empty();
}

/// The account, if the attempt comes from where it is known.
std::optional<AccountId> known_to(const Attempt& attempt) {
    return attempt.account && attempt.caller ? std::optional(attempt.account->id) : std::nullopt;
}

/// Why an attempt fails whatever the password is; none: the password decides.
Rule why_nobody_may(const Parts& parts, const PasswordTry& guess) {
    const std::optional<AccountRecord>& account = guess.account;
    if (!account) {
        return Rule::unknown_name;
    }
    if (account->status != Status::active) {
        return Rule::account_disabled;
    }
    if (account->password_hash.empty()) {
        return Rule::no_password;
    }
    if (parts.guard.is_locked(guess)) {
        return Rule::account_locked;
    }
    const Result<> accepted = parts.passwords.accepts(account->password_hash);
    if (!accepted) {
        log::warning("password.hash_unusable", {{"account", account->id}, {"error", accepted.error()}});
    }
    return accepted ? Rule::none : Rule::hash_unusable;
}

std::string hash_to_check(const Parts& parts, const Attempt& attempt) {
    const bool has_hash =
        has_password(attempt.account) && parts.passwords.accepts(attempt.account->password_hash);
    return has_hash ? attempt.account->password_hash : parts.passwords.dummy_hash(attempt.name);
}

/// A write in the background takes time that can be measured too: a name without an account gets one that
/// costs the same.
Task<> count_failure(const Parts& parts, const std::optional<AccountRecord>& account) {
    const std::optional<AccountId> id = account ? std::optional(account->id) : std::nullopt;
    co_await in_background(parts.accounts.count_failed_attempt(id));
}

Task<Result<AccountRecord>> note_success(
    const Parts& parts, AccountRecord account, password::PasswordMatch match
) {
    if (account.failed_attempts > 0) {
        co_await in_background(parts.accounts.clear_failed_attempts(account.id));
        account.failed_attempts = 0;
    }
    if (!match.better_hash.empty()) {
        AccountRecord stronger = account;
        stronger.password_hash = std::move(match.better_hash);
        Result<> updated = co_await parts.accounts.update(stronger, account.version, std::nullopt);
        if (updated) {
            ++stronger.version;
            co_return stronger;
        }
        // Somebody changed the account meanwhile: the next sign-in stores the stronger hash.
        log::info("password.rehash_put_off", {{"account", account.id}, {"error", updated.error()}});
    }
    co_return account;
}

Task<Result<AccountRecord>> prove_password(const Parts& parts, Audited& audited, Attempt attempt) {
    Result<password::Password> password = password::Password::parse(attempt.password.expose());
    if (!password) {
        co_return co_await audited.refuse(Errc::credentials_wrong, Rule::wrong_password);
    }
    const PasswordTry guess{attempt.account, attempt.name, attempt.caller};
    const auto admitted = parts.guard.admit(guess);
    if (!admitted) {
        const TryRefusal& refusal = admitted.error();
        co_return co_await audited.refuse(Errc::rate_limited, refusal.rule, refusal.wait);
    }

    Result<password::PasswordMatch> match = co_await parts.passwords.verify(
        std::move(*password), hash_to_check(parts, attempt), known_to(attempt)
    );
    if (!match && match.error().code == Errc::busy) {
        parts.guard.withdrawn(*admitted);
        co_return co_await audited.refuse(Errc::busy, Rule::hashing_queue, match.error().retry_after);
    }

    Rule rule = why_nobody_may(parts, guess);
    if (!match && rule == Rule::none) {
        rule = Rule::wrong_password;
    }
    if (rule != Rule::none) {
        co_await count_failure(parts, attempt.account);
        co_return co_await audited.refuse(Errc::credentials_wrong, rule);
    }
    parts.guard.succeeded(*admitted);
    co_return co_await note_success(parts, std::move(*attempt.account), std::move(*match));
}

}  // namespace

Task<Result<AccountRecord>> prove_password_from(
    const Parts& parts, Audited& audited, Attempt attempt, std::string_view client_address
) {
    const std::optional<TryRefusal> refusal = parts.guard.refuse_address(client_address, known_to(attempt));
    if (refusal) {
        co_return co_await audited.refuse(Errc::rate_limited, refusal->rule, refusal->wait);
    }
    co_return co_await prove_password(parts, audited, std::move(attempt));
}

}  // namespace cardea::account::detail
