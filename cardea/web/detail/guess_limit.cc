// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/guess_limit.h"

#include "cardea/crypto/hmac.h"
#include "cardea/web/detail/client_key.h"

#include <algorithm>
#include <utility>

namespace cardea::web::detail {
namespace {

constexpr ratelimit::Limit once_an_hour{.count = 1, .period = std::chrono::hours(1)};
constexpr std::size_t proven_in_memory = 8192;

}  // namespace

Result<> GuessLimit::start(Setup& setup) {
    Result<ratelimit::Quota> quota = ratelimit::Quota::parse(quota_);
    if (!quota) {
        return fail(Errc::config, "wrong passwords \"" + quota_ + "\": " + quota.error().context);
    }
    clock_ = &setup.clock;
    proof_key_.emplace(setup.random.secret<32>());
    guesses_.emplace(setup.random.secret<16>(), std::move(*quota));
    proven_.emplace(setup.random.secret<16>(), ratelimit::Quota(once_an_hour), proven_in_memory);
    return {};
}

/// Stands for the password in memory, and tells nothing of it to whoever has not the key.
std::string GuessLimit::proof_of(std::string_view name, const SecretText& password) const {
    std::string text;
    text.reserve(name.size() + 1 + password.expose().size());  // so that no outgrown copy stays unwiped
    text.append(name).append(1, '\0').append(password.expose());
    const crypto::Mac proof = crypto::hmac_sha256(proof_key_->expose(), as_bytes(text));
    wipe(text.data(), text.size());
    return ratelimit::make_key("proof", as_text(proof));
}

Result<GuessLimit::Try> GuessLimit::begin(
    std::string_view client_address, std::string_view name, const SecretText& password
) {
    Try guess(*this);
    guess.proof_ = proof_of(name, password);
    // The memory always answers.
    if (!proven_->peek(guess.proof_, clock_->now()).value_or(ratelimit::Decision()).allowed) {
        return guess;
    }
    guess.address_ = client_key(client_address);
    guess.name_ = ratelimit::make_key("name", name);
    if (Result<> taken = take(guess.address_); !taken) {
        return propagate(taken);
    }
    if (Result<> taken = take(guess.name_); !taken) {
        give_back(guess.address_);
        return propagate(taken);
    }
    guess.is_counted_ = true;
    return guess;
}

Result<> GuessLimit::take(const std::string& key) {
    const ratelimit::Decision decision = guesses_->take(key, clock_->now()).value_or(ratelimit::Decision());
    if (decision.allowed) {
        return {};
    }
    Error error{Errc::rate_limited, "too many wrong passwords", {}, {}};
    error.retry_after =
        std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(decision.retry_after));
    return std::unexpected<Error>(std::move(error));
}

void GuessLimit::give_back(const std::string& key) {
    std::ignore = guesses_->give_back(key, clock_->now());  // the memory never fails
}

void GuessLimit::Try::undecided() {
    if (std::exchange(is_counted_, false)) {
        limit_->give_back(address_);
        limit_->give_back(name_);
    }
}

void GuessLimit::Try::right() {
    undecided();
    std::ignore = limit_->proven_->take(proof_, limit_->clock_->now());
}

void GuessLimit::Try::wrong() {
    if (!is_counted_) {  // the password was changed: from now on it is as wrong as any
        std::ignore = limit_->proven_->reset(proof_);
    }
}

}  // namespace cardea::web::detail
