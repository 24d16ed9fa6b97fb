// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/concat_kdf.h"

#include "cardea/crypto/digest.h"

#include <cstdint>
#include <string>

namespace cardea::jose::detail {
namespace {

void append_number(std::string& out, std::size_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>(static_cast<std::uint8_t>(number >> shift)));
    }
}

void append_with_size(std::string& out, std::string_view text) {
    append_number(out, text.size());
    out += text;
}

}  // namespace

SecretText concat_kdf(ByteView agreed, const KeyPurpose& purpose) {
    std::string info;
    append_with_size(info, purpose.algorithm);
    append_with_size(info, as_text(purpose.apu));
    append_with_size(info, as_text(purpose.apv));
    append_number(info, purpose.size * 8);

    std::string key;
    std::string input;
    input.reserve(4 + agreed.size() + info.size());  // never moved, so that all of it can be wiped
    key.reserve(purpose.size + 32);
    for (std::size_t round = 1; key.size() < purpose.size; ++round) {
        input.clear();
        append_number(input, round);
        input.append(as_text(agreed)).append(info);
        key += as_text(crypto::digest(crypto::HashAlgorithm::sha256, as_bytes(input)).bytes());
    }
    SecretText derived(std::string_view(key).substr(0, purpose.size));
    wipe(key.data(), key.size());
    wipe(input.data(), input.size());
    return derived;
}

}  // namespace cardea::jose::detail
