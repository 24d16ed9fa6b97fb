// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/policy.h"
#include "cardea/session/token.h"

#include <iostream>

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;
    const auto token = cardea::session::SessionToken::make(random);  // for the client, once

    cardea::session::SessionRecord row;  // for your store: useless to whoever copies it
    row.token_hash = token.hash();
    row.created_at = row.last_seen_at = clock.now();
    row.idle = std::chrono::hours(1);
    row.expires_at = row.created_at + std::chrono::hours(24);

    const auto liveness = cardea::session::decide(row, clock.now());
    std::cout << token.text().expose() << "\n";
    return liveness == cardea::session::Liveness::live ? 0 : 1;
}
