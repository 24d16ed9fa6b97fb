// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/id.h"

int main() {
    cardea::SystemRandom random;
    const cardea::AccountId id = cardea::AccountId::make(random);
    return cardea::AccountId::parse(id.to_string()) == id ? 0 : 1;
}
