// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::password {

/// How many hashes of the database have this form and cost, as blank_of() tells it.
struct HashShare {
    std::string blank;
    std::uint64_t count = 0;

    friend bool operator==(const HashShare&, const HashShare&) = default;
};

/// Hashes to verify against where there is no account, no password or no permission to sign in, so that the
/// answer takes as long as for a wrong password. A name always gets the same scheme and cost, in the
/// proportions of the database, and nobody without the keyring can tell which. No password fits any of them.
class DummyHashes {
 public:
    /// `usual` is what a hash of today costs: every name gets it where the database says nothing. As people
    /// sign in and their hashes are made anew, names too go over to it, and none comes back.
    DummyHashes(const crypto::Keyring& keyring, std::vector<HashShare> mix, std::string usual);

    /// The hash for a name, in the form in which accounts are looked up.
    [[nodiscard]] std::string_view for_name(std::string_view name) const;

 private:
    SecretBytes<32> key_;
    std::vector<HashShare> mix_;  ///< never empty
    double total_ = 0;
};

}  // namespace cardea::password
