// SPDX-License-Identifier: Apache-2.0
#include "cardea/csrf/token.h"

#include "cardea/base/base64url.h"

#include <array>

namespace cardea::csrf {
namespace {

constexpr crypto::Purpose purpose("csrf");
constexpr std::size_t mac_size = 32;

}  // namespace

std::string make_token(const crypto::Keyring& keyring, std::string_view binding, Random& random) {
    const crypto::Mac mac = keyring.mac(purpose, as_bytes(binding));
    const std::array<std::uint8_t, mac_size> mask = random.bytes<mac_size>();
    std::array<std::uint8_t, 2 * mac_size> token{};
    for (std::size_t i = 0; i < mac_size; ++i) {
        token[i] = mask[i];
        token[mac_size + i] = static_cast<std::uint8_t>(mask[i] ^ mac[i]);
    }
    return base64url_encode(token);
}

Result<> verify_token(const crypto::Keyring& keyring, std::string_view binding, std::string_view token) {
    std::array<std::uint8_t, 2 * mac_size> bytes{};
    if (!base64url_decode(token, bytes)) {
        return fail(Errc::csrf_rejected, "token malformed");
    }
    crypto::Mac mac{};
    for (std::size_t i = 0; i < mac_size; ++i) {
        mac[i] = static_cast<std::uint8_t>(bytes[i] ^ bytes[mac_size + i]);
    }
    if (!keyring.verify_mac(purpose, as_bytes(binding), mac)) {
        return fail(Errc::csrf_rejected, "token of another session");
    }
    return {};
}

}  // namespace cardea::csrf
