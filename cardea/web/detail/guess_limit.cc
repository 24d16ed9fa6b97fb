// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/guess_limit.h"

#include "cardea/account/username.h"
#include "cardea/base/utf8.h"
#include "cardea/web/detail/client_key.h"

#include <algorithm>
#include <utility>

namespace cardea::web::detail {
namespace {

/// Each success adds an hour to what is left, up to two: it is remembered for one hour at least.
constexpr ratelimit::Limit lately{.count = 2, .period = std::chrono::hours(2)};
constexpr std::size_t known_in_memory = 8192;

/// One text for the spellings that a program may take for the same name.
std::string folded(std::string_view name) {
    const Result<account::Username> username = account::Username::parse(name);
    return username ? username->key() : ascii_lower(name);
}

}  // namespace

Result<> GuessLimit::start(Setup& setup) {
    Result<ratelimit::Quota> quota = ratelimit::Quota::parse(quota_);
    if (!quota) {
        return fail(Errc::config, "wrong passwords \"" + quota_ + "\": " + quota.error().context);
    }
    clock_ = &setup.clock;
    guesses_.emplace(setup.random.secret<16>(), std::move(*quota));
    known_.emplace(setup.random.secret<16>(), ratelimit::Quota(lately), known_in_memory);
    return {};
}

Result<GuessLimit::Try> GuessLimit::begin(std::string_view client_address, std::string_view name) {
    const std::string one_name = folded(name);
    Try guess(*this);
    guess.address_ = client_key(client_address);
    guess.known_ = ratelimit::make_key("known", guess.address_ + '\0' + one_name);
    guess.name_ = is_known(guess.known_) ? guess.known_ : ratelimit::make_key("name", one_name);
    if (Result<> taken = take(guess.address_); !taken) {
        return propagate(taken);
    }
    if (Result<> taken = take(guess.name_); !taken) {
        give_back(guess.address_);
        return propagate(taken);
    }
    return guess;
}

bool GuessLimit::is_known(const std::string& key) const {
    // The memory always answers.
    return known_->peek(key, clock_->now()).value_or(ratelimit::Decision()).reset > Duration::zero();
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
    limit_->give_back(address_);
    limit_->give_back(name_);
}

void GuessLimit::Try::right() {
    undecided();
    std::ignore = limit_->known_->take(known_, limit_->clock_->now());  // refused: known for an hour anyway
}

}  // namespace cardea::web::detail
