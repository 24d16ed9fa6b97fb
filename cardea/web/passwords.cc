// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/passwords.h"

#include "cardea/account/password_desk.h"
#include "cardea/base/assert.h"
#include "cardea/log/log.h"

#include <span>
#include <utility>

namespace cardea::web {
namespace {

account::PasswordDeskOptions options_of(const password::PasswordPolicy& policy) {
    account::PasswordDeskOptions options;
    options.policy = policy;
    return options;
}

/// Only dummy hashes are drawn by it, which need not be the same after a restart.
crypto::Keyring own_keyring(Random& random) {
    return crypto::Keyring::parse(crypto::Keyring::make_secret(random).expose()).value();
}

/// Whether there is a hash, and one that can be compared with.
bool can_be_right(const account::PasswordDesk& desk, std::string_view hash) {
    if (hash.empty()) {
        return false;
    }
    const Result<> accepted = desk.accepts(hash);
    if (!accepted) {
        log::debug("password.hash_unusable", {{"error", accepted.error()}});
    }
    return accepted.has_value();
}

}  // namespace

struct Passwords::Parts {
    explicit Parts(const password::PasswordPolicy& policy) : desk(options_of(policy), keyring, random) {}

    SystemRandom random;
    crypto::Keyring keyring = own_keyring(random);
    account::PasswordDesk desk;
};

Passwords::Passwords(const password::PasswordPolicy& policy) : parts_(std::make_unique<Parts>(policy)) {}
Passwords::~Passwords() = default;

Task<Result<std::string>> Passwords::hash(SecretText password) {
    Result<password::Password> parsed = password::Password::parse(password.expose());
    if (!parsed) {
        co_return propagate(parsed);
    }
    Result<> allowed = parts_->desk.check_new(*parsed, {});
    if (!allowed) {
        co_return propagate(allowed);
    }
    co_return co_await parts_->desk.hash(std::move(*parsed));
}

std::string Passwords::hash_now(std::string_view password) {
    const Result<password::Password> parsed = password::Password::parse(password);
    CARDEA_ASSERT(parsed);
    Result<std::string> hash = password::PasswordHasher().hash(*parsed, parts_->random);
    CARDEA_ASSERT(hash);
    return std::move(*hash);
}

Task<Result<password::PasswordMatch>> Passwords::verify(SecretText password, std::string hash) {
    Result<password::Password> parsed = password::Password::parse(password.expose());
    if (!parsed) {
        co_return fail(Errc::credentials_wrong, "no password");
    }
    const bool can_fit = can_be_right(parts_->desk, hash);
    std::string against = can_fit ? std::move(hash) : parts_->desk.dummy_hash({});
    Result<password::PasswordMatch> match =
        co_await parts_->desk.verify(std::move(*parsed), std::move(against));
    if (!match && match.error().code == Errc::busy) {
        co_return propagate(match);
    }
    if (!match || !can_fit) {
        co_return fail(
            Errc::credentials_wrong,
            can_fit ? match.error().context : "nobody of that name, or no hash of theirs"
        );
    }
    co_return match;
}

}  // namespace cardea::web
