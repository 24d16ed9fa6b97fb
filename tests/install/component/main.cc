// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/sha256.h"
#include "cardea/session/token.h"

int main() {
    cardea::SystemRandom random;
    const cardea::session::SessionToken token = cardea::session::SessionToken::make(random);
    const auto again = cardea::session::SessionToken::parse(token.text().expose());
    return again && again->hash() == token.hash() ? 0 : 1;
}
