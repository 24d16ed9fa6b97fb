// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"
#include "cardea/password/argon2.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::password {

/// How many hashes of the database have this cost.
struct CostShare {
    Argon2Cost cost;
    std::uint64_t count = 0;
};

/// Hashes to verify against where there is no account, no password or no permission to sign in, so that the
/// answer takes as long as for a wrong password. A name always gets the same cost, in the proportions of the
/// database, and nobody without the keyring can tell which. No password fits any of them.
class DummyHashes {
 public:
    /// Without any share, all names get `usual`.
    DummyHashes(const crypto::Keyring& keyring, const std::vector<CostShare>& mix, Argon2Cost usual = {});

    /// The PHC string for a name, in the form in which accounts are looked up.
    [[nodiscard]] std::string_view for_name(std::string_view name) const;

 private:
    struct Choice {
        std::string phc;
        std::uint64_t count;
    };

    SecretBytes<32> key_;
    std::vector<Choice> choices_;  ///< never empty
    std::uint64_t total_ = 0;
};

}  // namespace cardea::password
