// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/guess_limit.h"

#include "cardea/account/username.h"
#include "cardea/base/utf8.h"
#include "cardea/crypto/hmac.h"
#include "cardea/web/detail/client_key.h"

#include <algorithm>
#include <utility>

namespace cardea::web::detail {
namespace {

/// Each success adds an hour to what is left, up to two: it is remembered for one hour at least.
constexpr ratelimit::Limit lately{.count = 2, .period = std::chrono::hours(2)};
constexpr std::size_t known_in_memory = 16'384;  // two for each success

/// Half of the queue for hashing (account::PasswordDeskOptions::queue_limit).
constexpr std::size_t max_turns = 64;

/// One text for the spellings that a program may take for the same name.
std::string folded(std::string_view name) {
    const Result<account::Username> username = account::Username::parse(name);
    return username ? username->key() : ascii_lower(name);
}

Result<> answer(const ratelimit::Decision& decision) {
    if (decision.allowed) {
        return {};
    }
    Error error{Errc::rate_limited, "too many wrong passwords", {}, {}};
    error.retry_after =
        std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(decision.retry_after));
    return std::unexpected<Error>(std::move(error));
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
    password_key_ = setup.random.secret<32>();
    return {};
}

Result<GuessLimit::Try> GuessLimit::begin(
    std::string_view client_address, std::string_view name, const SecretText& password
) {
    const std::string one_name = folded(name);
    Try guess(*this);
    guess.address_ = client_key(client_address);
    guess.known_ = ratelimit::make_key("known", guess.address_ + '\0' + one_name);
    guess.right_ = password_key(guess.known_, password);
    guess.name_ = is_known(guess.known_) ? guess.known_ : ratelimit::make_key("name", one_name);
    guess.counts_ = !is_known(guess.right_);
    if (guess.counts_) {
        if (Result<> taken = take_both(guess); !taken) {
            return propagate(taken);
        }
        return guess;
    }
    // It has to wait where a guess has to, or the answer would tell that it is no guess.
    for (const std::string* key : {&guess.address_, &guess.name_}) {
        if (Result<> left = look(*key); !left) {
            return propagate(left);
        }
    }
    const bool is_one_too_many = turns_.fetch_add(1) >= max_turns;
    guess.turn_.reset(&turns_);
    if (is_one_too_many) {
        return std::unexpected(Error{Errc::busy, "HTTP Basic", std::chrono::seconds(1), {}});
    }
    return guess;
}

std::string GuessLimit::password_key(std::string_view known, const SecretText& password) const {
    const crypto::Mac key = crypto::hmac_sha256(password_key_->expose(), as_bytes(known));
    return ratelimit::make_key("right", as_text(crypto::hmac_sha256(key, as_bytes(password.expose()))));
}

bool GuessLimit::is_known(const std::string& key) const {
    // The memory always answers.
    return known_->peek(key, clock_->now()).value_or(ratelimit::Decision()).reset > Duration::zero();
}

Result<> GuessLimit::look(const std::string& key) const {
    return answer(guesses_->peek(key, clock_->now()).value_or(ratelimit::Decision()));
}

Result<> GuessLimit::take(const std::string& key) {
    return answer(guesses_->take(key, clock_->now()).value_or(ratelimit::Decision()));
}

Result<> GuessLimit::take_both(const Try& guess) {
    if (Result<> taken = take(guess.address_); !taken) {
        return taken;
    }
    Result<> taken = take(guess.name_);
    if (!taken) {
        give_back(guess.address_);
    }
    return taken;
}

void GuessLimit::give_back(const std::string& key) {
    std::ignore = guesses_->give_back(key, clock_->now());  // the memory never fails
}

void GuessLimit::Try::undecided() {
    if (counts_) {
        limit_->give_back(address_);
        limit_->give_back(name_);
    }
}

void GuessLimit::Try::right() {
    undecided();
    const Time now = limit_->clock_->now();
    for (const std::string* key : {&known_, &right_}) {
        std::ignore = limit_->known_->take(*key, now);  // refused: known for an hour anyway
    }
}

void GuessLimit::Try::wrong() {
    if (!counts_) {  // it was right before: somebody changed it
        std::ignore = limit_->known_->reset(right_);
        std::ignore = limit_->take_both(*this);
    }
}

}  // namespace cardea::web::detail
