// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/detail/ecdsa_der.h"

#include "cardea/crypto/detail/openssl.h"

#include <openssl/ecdsa.h>

#include <algorithm>

namespace cardea::crypto::detail {
namespace {

constexpr std::uint8_t sequence_tag = 0x30;
constexpr std::uint8_t integer_tag = 0x02;
constexpr std::uint8_t one_byte_length = 0x81;

/// As DER wants it: no zeros in front, but for one where the number would look negative.
ByteView significant(ByteView number) noexcept {
    while (number.size() > 1 && number[0] == 0) {
        number = number.subspan(1);
    }
    return number;
}

std::size_t integer_size(ByteView number) noexcept {
    return 2 + number.size() + (number[0] >> 7U);
}

}  // namespace

bool EcdsaDer::encode(ByteView raw, std::size_t size) noexcept {
    if (raw.size() != 2 * size) {
        return false;
    }
    const ByteView r = significant(raw.first(size));
    const ByteView s = significant(raw.subspan(size));
    const std::size_t length = integer_size(r) + integer_size(s);
    size_ = 0;
    append(sequence_tag);
    if (length > 127) {
        append(one_byte_length);
    }
    append(static_cast<std::uint8_t>(length));
    append_integer(r);
    append_integer(s);
    return true;
}

void EcdsaDer::append_integer(ByteView number) noexcept {
    append(integer_tag);
    append(static_cast<std::uint8_t>(integer_size(number) - 2));
    if (number[0] > 127) {
        append(0);
    }
    std::ranges::copy(number, bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += number.size();
}

Result<Bytes> raw_signature(ByteView der, std::size_t size) {
    const std::uint8_t* from = der.data();
    const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> signature(
        d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(der.size()))
    );
    Bytes raw(2 * size);
    const int width = static_cast<int>(size);
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), width) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + size, width) < 0) {
        return fail(Errc::internal, "signing");
    }
    return raw;
}

}  // namespace cardea::crypto::detail
