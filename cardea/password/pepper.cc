// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/pepper.h"

#include "cardea/base/assert.h"
#include "cardea/base/base64url.h"

#include <algorithm>
#include <array>

namespace cardea::password {
namespace {

constexpr crypto::Purpose purpose("password/pepper");
constexpr std::string_view prefix = "$pepper$k=";
constexpr std::size_t key_id_size = 8;

}  // namespace

Result<Peppered> split_pepper(std::string_view stored) {
    if (!stored.starts_with("$pepper")) {
        return Peppered{.key_id = {}, .hash = stored};
    }
    const std::string_view id = stored.substr(std::min(prefix.size(), stored.size())).substr(0, key_id_size);
    const bool is_id =
        id.size() == key_id_size && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    const std::string_view hash = is_id ? stored.substr(prefix.size() + key_id_size) : std::string_view();
    if (!stored.starts_with(prefix) || !hash.starts_with('$') || hash.starts_with("$pepper")) {
        return fail(Errc::malformed, "password hash: pepper");
    }
    return Peppered{.key_id = id, .hash = hash};
}

std::string with_pepper(std::string_view key_id, std::string_view hash) {
    if (key_id.empty()) {
        return std::string(hash);
    }
    return std::string(prefix) + std::string(key_id) + std::string(hash);
}

PepperKeys::PepperKeys(const crypto::Keyring& keyring) : keys_(keyring.derive_all(purpose)) {}

std::string_view PepperKeys::newest() const noexcept {
    return keys_.empty() ? std::string_view() : std::string_view(keys_.front().id);
}

bool PepperKeys::has(std::string_view key_id) const noexcept {
    return key_id.empty() || find_key(keys_, key_id) != nullptr;
}

SecretText PepperKeys::apply(std::string_view key_id, std::string_view password) const {
    if (key_id.empty()) {
        return SecretText(password);
    }
    const crypto::DerivedKey* key = find_key(keys_, key_id);
    CARDEA_ASSERT(key != nullptr);
    crypto::Mac mac = crypto::hmac_sha256(key->key.expose(), as_bytes(password));
    std::array<char, base64url_size(std::tuple_size_v<crypto::Mac>)> text{};
    base64url_encode(mac, text);
    SecretText peppered(std::string_view(text.data(), text.size()));
    wipe(mac.data(), mac.size());
    wipe(text.data(), text.size());
    return peppered;
}

}  // namespace cardea::password
