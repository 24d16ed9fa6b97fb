// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/dummy.h"

#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <utility>

namespace cardea::password {
namespace {

constexpr crypto::Purpose purpose("password/dummy");

/// A number from 0 to 1, as precise as a double.
double to_fraction(const crypto::Mac& mac) {
    std::uint64_t drawn = 0;
    for (std::size_t i = 0; i < sizeof drawn; ++i) {
        drawn = drawn << 8 | mac[i];
    }
    return static_cast<double>(drawn >> 11) * 0x1p-53;
}

}  // namespace

DummyHashes::DummyHashes(const crypto::Keyring& keyring, std::vector<HashShare> mix, std::string usual)
    : key_(keyring.derive(purpose)), mix_(std::move(mix)) {
    if (std::ranges::all_of(mix_, [](const HashShare& share) { return share.count == 0; })) {
        mix_ = {HashShare{usual, 1}};
    }
    // The usual one last: its share grows, and names move to it from the others and never between them but as
    // those shrink. A name whose cost changes any other way would be one that nobody has.
    std::ranges::sort(mix_, {}, [&usual](const HashShare& share) {
        return std::pair(share.blank == usual, share.blank);
    });
    for (const HashShare& share : mix_) {
        total_ += static_cast<double>(share.count);
    }
}

std::string_view DummyHashes::for_name(std::string_view name) const {
    double drawn = to_fraction(crypto::hmac_sha256(key_.expose(), as_bytes(name))) * total_;
    for (const HashShare& share : mix_) {
        drawn -= static_cast<double>(share.count);
        if (drawn < 0) {
            return share.blank;
        }
    }
    return mix_.back().blank;
}

}  // namespace cardea::password
