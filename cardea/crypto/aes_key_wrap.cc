// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aes_key_wrap.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/detail/aes.h"

namespace cardea::crypto {

using detail::AesMode;
using detail::Direction;

namespace {

constexpr std::size_t check_size = 8;
constexpr std::size_t smallest_key = 16;

}  // namespace

Bytes aes_key_wrap(ByteView wrapping_key, ByteView key) {
    CARDEA_ASSERT(key.size() >= smallest_key && key.size() % 8 == 0);
    const detail::CipherContext context =
        detail::start_aes(AesMode::wrap, Direction::encrypt, wrapping_key, nullptr);
    Bytes wrapped(key.size() + check_size);
    CARDEA_ASSERT(detail::update(*context, key, wrapped.data()) == wrapped.size());
    return wrapped;
}

Result<SecretText> aes_key_unwrap(ByteView wrapping_key, ByteView wrapped) {
    if (wrapped.size() < smallest_key + check_size || wrapped.size() % 8 != 0) {
        return fail(Errc::signature_invalid, "wrapped key");
    }
    const detail::ErrorScope errors;
    const detail::CipherContext context =
        detail::start_aes(AesMode::wrap, Direction::decrypt, wrapping_key, nullptr);
    Bytes key(wrapped.size());
    const std::optional<std::size_t> size = detail::update(*context, wrapped, key.data());
    SecretText unwrapped = detail::take_secret(std::move(key), size.value_or(0));
    if (!size) {
        return fail(Errc::signature_invalid, "wrapped key");
    }
    return unwrapped;
}

}  // namespace cardea::crypto
