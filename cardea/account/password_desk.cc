// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/password_desk.h"

#include "cardea/base/cores.h"

#include <algorithm>

namespace cardea::account {
namespace {

constexpr std::chrono::seconds busy_retry{1};

WorkerPoolOptions pool_options(const PasswordDeskOptions& options) {
    const std::size_t cores = available_cores();
    return {
        .name = "password",
        .threads = options.threads == 0 ? cores : options.threads,
        .queue_limit = options.queue_limit,
        .nice = options.nice,
    };
}

/// Without hashes that cannot be verified: who has one is measured against a dummy too.
std::vector<password::HashShare> acceptable(
    std::vector<password::HashShare> mix, const password::PasswordHasher& hasher
) {
    std::erase_if(mix, [&hasher](const password::HashShare& share) {
        return !hasher.accepts(share.blank).has_value();
    });
    return mix;
}

std::unexpected<Error> too_many_at_once() {
    return std::unexpected(Error{Errc::busy, "hashes of one account", busy_retry, {}});
}

/// Says when to come back, where the pool or the memory was full.
template <class T>
Result<T> with_retry(Result<T> result) {
    if (!result && result.error().code == Errc::busy) {
        result.error().retry_after = busy_retry;
    }
    return result;
}

}  // namespace

PasswordDesk::PasswordDesk(PasswordDeskOptions options, const crypto::Keyring& keyring, Random& random)
    : hasher_(options.hashing, password::PepperKeys(keyring)),
      dummies_(keyring, acceptable(std::move(options.mix), hasher_), hasher_.blank()),
      policy_(options.policy),
      site_words_(std::move(options.site_words)),
      blocklist_(std::move(options.blocklist)),
      breaches_(std::move(options.breaches)),
      random_(random),
      turns_(options.per_account),
      pool_(pool_options(options)) {}

Result<> PasswordDesk::check_new(
    const password::Password& password, std::span<const std::string_view> context
) const {
    std::vector<std::string_view> words(context.begin(), context.end());
    words.insert(words.end(), site_words_.begin(), site_words_.end());
    return password::check_password(password, policy_, {.words = words, .further = blocklist_.get()});
}

Task<Result<std::string>> PasswordDesk::hash(password::Password password, std::optional<AccountId> whose) {
    const std::optional<HashTurns::Turn> turn = turns_.take(whose);
    if (!turn) {
        co_return too_many_at_once();
    }
    if (breaches_ != nullptr) {
        Result<> checked = co_await breaches_->check(password);
        if (!checked) {
            co_return propagate(checked);
        }
    }
    auto job = [this, password = std::move(password)] { return hasher_.hash(password, random_); };
    Result<std::string> hash = co_await pool_.run(std::move(job));
    co_return with_retry(std::move(hash));
}

Task<Result<password::PasswordMatch>> PasswordDesk::verify(
    password::Password password, std::string stored, std::optional<AccountId> whose
) {
    const std::optional<HashTurns::Turn> turn = turns_.take(whose);
    if (!turn) {
        co_return too_many_at_once();
    }
    auto job = [this, password = std::move(password), stored = std::move(stored)] {
        return hasher_.verify(password, stored, random_);
    };
    Result<password::PasswordMatch> match = co_await pool_.run(std::move(job));
    co_return with_retry(std::move(match));
}

std::string PasswordDesk::dummy_hash(std::string_view name) const {
    return std::string(dummies_.for_name(name));
}

}  // namespace cardea::account
