// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/random.h"
#include "cardea/ratelimit/headers.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <iostream>

namespace ratelimit = cardea::ratelimit;

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;

    // [limiter]
    // At the start, from a setting. A wrong one ends the program with a sentence that says how to write it.
    auto quota = ratelimit::Quota::parse("5/minute; 100 per day");
    if (!quota) {
        std::cerr << quota.error().context << "\n";
        return 1;
    }
    ratelimit::MemoryLimiter limiter(random.secret<16>(), std::move(*quota));
    // [/limiter]

    // [request]
    // For each request: by address here; an account's id is make_key("account", id).
    const auto address = cardea::http::parse_address("2001:db8:1:2::3");
    const std::string key = ratelimit::make_key("address", *address);
    const auto decision = limiter.take(key, clock.now());
    std::cout << "RateLimit-Policy: " << ratelimit::rate_limit_policy("api", limiter.quota()) << "\n"
              << "RateLimit: " << ratelimit::rate_limit("api", limiter.quota(), *decision) << "\n";
    if (!decision->allowed) {
        std::cout << "429\nRetry-After: " << ratelimit::retry_after(*decision) << "\n";
    }
    // [/request]

    // [failures]
    // Where only failures count: take before the work, give back after a success.
    const std::string account = ratelimit::make_key("account", "ada");
    const auto may_try = limiter.take(account, clock.now());
    const bool password_is_right = true;
    if (may_try->allowed && password_is_right) {
        std::ignore = limiter.give_back(account, clock.now());  // memory does not fail
    }
    // [/failures]

    const auto refused = [&] {
        while (limiter.take(key, clock.now())->allowed) {
        }
        return limiter.peek(key, clock.now());
    }();
    return decision->allowed && !refused->allowed && limiter.peek(account, clock.now())->remaining == 5 ? 0
                                                                                                        : 1;
}
