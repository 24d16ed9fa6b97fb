// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/dummy.h"

#include "cardea/crypto/hmac.h"

namespace cardea::password {
namespace {

constexpr crypto::Purpose purpose("password/dummy");

std::string dummy_phc(const Argon2Cost& cost) {
    return to_phc({cost, Bytes(16), Bytes(32)});
}

}  // namespace

DummyHashes::DummyHashes(const crypto::Keyring& keyring, const std::vector<CostShare>& mix, Argon2Cost usual)
    : key_(keyring.derive(purpose)) {
    for (const CostShare& share : mix) {
        if (share.count > 0) {
            choices_.push_back({dummy_phc(share.cost), share.count});
            total_ += share.count;
        }
    }
    if (choices_.empty()) {
        choices_.push_back({dummy_phc(usual), 1});
        total_ = 1;
    }
}

std::string_view DummyHashes::for_name(std::string_view name) const {
    const crypto::Mac mac = crypto::hmac_sha256(key_.expose(), as_bytes(name));
    std::uint64_t drawn = 0;
    for (std::size_t i = 0; i < sizeof drawn; ++i) {
        drawn = drawn << 8 | mac[i];
    }
    drawn %= total_;
    for (const Choice& choice : choices_) {
        if (drawn < choice.count) {
            return choice.phc;
        }
        drawn -= choice.count;
    }
    return choices_.back().phc;
}

}  // namespace cardea::password
