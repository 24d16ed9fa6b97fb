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
    : hasher_(options.cost),
      dummies_(keyring, options.mix, options.cost),
      policy_(options.policy),
      site_words_(std::move(options.site_words)),
      random_(random),
      pool_(pool_options(options)) {}

Result<> PasswordDesk::check_new(
    const password::Password& password, std::span<const std::string_view> context
) const {
    std::vector<std::string_view> words(context.begin(), context.end());
    words.insert(words.end(), site_words_.begin(), site_words_.end());
    return password::check_password(password, policy_, words);
}

Task<Result<std::string>> PasswordDesk::hash(password::Password password) {
    auto job = [this, password = std::move(password)] { return hasher_.hash(password, random_); };
    Result<std::string> hash = co_await pool_.run(std::move(job));
    co_return with_retry(std::move(hash));
}

Task<Result<PasswordMatch>> PasswordDesk::verify(password::Password password, std::string phc) {
    auto job = [this, password = std::move(password), phc = std::move(phc)]() -> Result<PasswordMatch> {
        Result<password::Verified> verified = hasher_.verify(password, phc);
        if (!verified) {
            return propagate(verified);
        }
        PasswordMatch match;
        if (*verified == password::Verified::needs_rehash) {
            // Without memory for it now, the next sign-in does it.
            match.stronger_hash = hasher_.hash(password, random_).value_or(std::string());
        }
        return match;
    };
    Result<PasswordMatch> match = co_await pool_.run(std::move(job));
    co_return with_retry(std::move(match));
}

std::string PasswordDesk::dummy_hash(std::string_view name) const {
    return std::string(dummies_.for_name(name));
}

}  // namespace cardea::account
