// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/canonical.h"

namespace cardea::crypto {
namespace {

void append_big_endian(Bytes& bytes, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<std::uint8_t>(number >> shift));
    }
}

}  // namespace

Canonical& Canonical::add(ByteView field) {
    append_big_endian(bytes_, field.size());
    bytes_.insert(bytes_.end(), field.begin(), field.end());
    return *this;
}

Canonical& Canonical::add_number(std::uint64_t number) {
    append_big_endian(bytes_, sizeof number);
    append_big_endian(bytes_, number);
    return *this;
}

}  // namespace cardea::crypto
