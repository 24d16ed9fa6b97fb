// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/password/scheme.h"

#include <string>
#include <string_view>

namespace cardea::password {

/// What a stored hash says of itself. Everything is within the limits of cost.h.
struct HashFacts {
    Scheme scheme{};
    std::string_view
        form;          ///< whose way of writing it is: "PHC", "Django", "Werkzeug", "passlib", "crypt(3)"
    std::string cost;  ///< "m=19456,t=2,p=1", "cost=12"
    std::string pepper_key;  ///< the id of the Keyring key of its pepper; empty without
};

/// Recognises a stored hash. Errc::unsupported with the reason when it is none that is verified here,
/// Errc::malformed, Errc::too_large when it would cost too much. Stored hashes are outside bytes: whoever can
/// write to the database, or hands over a list of users, made them.
[[nodiscard]] Result<HashFacts> identify(std::string_view stored);

/// The same hash with nothing of the password and the salt in it, which no password fits: two stored hashes
/// cost the same if this is the same. The same errors.
[[nodiscard]] Result<std::string> blank_of(std::string_view stored);

}  // namespace cardea::password
