// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/breached_passwords.h"
#include "cardea/account/hash_turns.h"
#include "cardea/base/worker_pool.h"
#include "cardea/password/dummy.h"
#include "cardea/password/hasher.h"
#include "cardea/password/policy.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::account {

/// How passwords are hashed, what a new one must be like, and how much may be done at once.
struct PasswordDeskOptions {
    password::HasherOptions hashing;  ///< of new hashes; others are made anew at sign-in
    password::PasswordPolicy policy;
    std::vector<password::HashShare> mix;  ///< what the database holds, for the dummy hashes (password_mix.h)
    std::vector<std::string> site_words;   ///< no password may be made of: the host name, the product
    std::shared_ptr<const password::Blocklist> blocklist;  ///< beside the built-in one; may be nullptr
    std::shared_ptr<const BreachedPasswords> breaches;     ///< asks about new ones; nullptr: nobody is asked
    std::size_t threads = 0;  ///< 0: one per core; each needs the memory of a hash while it works
    std::size_t queue_limit = 128;
    std::size_t per_account = 2;  ///< hashes that are queued or under way for one account at the same time
    int nice = 15;  ///< hashing gives way to session checks, and still has its share beside busy programs
};

/// Where passwords are hashed and compared: on threads of its own, with a bounded queue and a bounded amount
/// of memory. When the queue is full the answer is Errc::busy at once. Thread-safe; outlived by the event
/// loops of its callers.
///
/// `whose` is an account that is known to ask, by a session or a device, and that has so many turns at the
/// same time and no more. Strangers have none to name: what they try is limited by GuessGuard, and a refusal
/// that only names with an account get would tell who has one.
class PasswordDesk {
 public:
    PasswordDesk(PasswordDeskOptions options, const crypto::Keyring& keyring, Random& random);

    /// What a new password must be like.
    [[nodiscard]] const password::PasswordPolicy& policy() const noexcept { return policy_; }

    /// Whether a person may choose this password; see password::check_password. `context` is what is known of
    /// them.
    [[nodiscard]] Result<> check_new(
        const password::Password& password, std::span<const std::string_view> context
    ) const;

    /// A hash to store, for a password that check_new() lets pass. Errc::password_blocked when it was in a
    /// known breach, where a service is asked about that.
    [[nodiscard]] Task<Result<std::string>> hash(
        password::Password password, std::optional<AccountId> whose = std::nullopt
    );

    /// Errc::credentials_wrong when it is another password.
    [[nodiscard]] Task<Result<password::PasswordMatch>> verify(
        password::Password password, std::string stored, std::optional<AccountId> whose = std::nullopt
    );

    /// Whether verify() can say yes or no; see password::PasswordHasher::accepts.
    [[nodiscard]] Result<> accepts(std::string_view stored) const { return hasher_.accepts(stored); }

    /// What to verify against when there is no account of that name, or none that may sign in by password.
    /// Nothing fits it.
    [[nodiscard]] std::string dummy_hash(std::string_view name) const;

    [[nodiscard]] std::size_t queued() const { return pool_.queued(); }
    [[nodiscard]] std::size_t active() const { return pool_.active(); }

 private:
    password::PasswordHasher hasher_;
    password::DummyHashes dummies_;
    password::PasswordPolicy policy_;
    std::vector<std::string> site_words_;
    std::shared_ptr<const password::Blocklist> blocklist_;
    std::shared_ptr<const BreachedPasswords> breaches_;
    Random& random_;
    HashTurns turns_;
    WorkerPool pool_;
};

}  // namespace cardea::account
