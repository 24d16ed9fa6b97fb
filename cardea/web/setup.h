// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/crypto/keyring.h"
#include "cardea/http/origin.h"

namespace cardea::web {

/// What the parts of an App are told when it starts. All of it outlives them.
struct Setup {
    const http::Origin& origin;  ///< of our own pages, as browsers see it
    /// Nobody but this machine reaches the program, as far as that is known.
    bool only_this_machine = false;
    const Clock& clock;
    Random& random;
    /// The keys of the program; sessions set them, and whatever runs in a later phase may use them.
    const crypto::Keyring* keyring = nullptr;
    /// Whether anything finds out who is asking.
    bool finds_users = false;
};

}  // namespace cardea::web
