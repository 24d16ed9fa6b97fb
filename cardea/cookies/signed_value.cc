// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/signed_value.h"

#include "cardea/base/base64url.h"
#include "cardea/base/time_text.h"
#include "cardea/crypto/aead.h"
#include "cardea/crypto/hkdf.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;

constexpr std::string_view signed_version = "s1";
constexpr std::string_view sealed_version = "e1";
constexpr std::size_t expiry_size = 8;

std::unexpected<Error> refuse(Errc code) {
    return fail(code, "signed value");
}

/// Takes what stands before the next dot; nullopt when there is no dot.
std::optional<std::string_view> take_field(std::string_view& rest) noexcept {
    const std::size_t dot = rest.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view field = rest.substr(0, dot);
    rest.remove_prefix(dot + 1);
    return field;
}

Result<std::int64_t> to_seconds(Time expires_at) {
    const std::int64_t count = std::chrono::floor<seconds>(expires_at).time_since_epoch().count();
    if (count < 0 || count > last_unix_second) {
        return fail(Errc::invalid, "the end of a signed value");
    }
    return count;
}

Result<Time> to_time(std::int64_t count) {
    if (count < 0 || count > last_unix_second) {
        return refuse(Errc::malformed);
    }
    return Time(seconds(count));
}

Result<Time> parse_expiry(std::string_view text) {
    std::int64_t count = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
        return refuse(Errc::malformed);
    }
    return to_time(count);
}

/// The keys of a purpose that is known only at run time.
std::vector<crypto::DerivedKey> keys_for(std::vector<crypto::DerivedKey> keys, std::string_view purpose) {
    for (crypto::DerivedKey& one : keys) {
        SecretBytes<32> key;
        crypto::hkdf_expand(one.key, as_bytes(purpose), key.expose());
        one.key = std::move(key);
    }
    return keys;
}

crypto::Mac mac_of(const crypto::DerivedKey& key, std::string_view text) {
    return crypto::hmac_sha256(key.key.expose(), as_bytes(text));
}

std::string sealed_prefix(const crypto::KeyId& id) {
    return std::string(sealed_version) + '.' + id;
}

/// The end as eight bytes, the most significant first, then the payload.
SecretText join(std::int64_t expires_at, std::string_view payload) {
    std::string bytes;
    bytes.reserve(expiry_size + payload.size());
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        bytes += static_cast<char>(static_cast<std::uint64_t>(expires_at) >> (shift - 8));
    }
    bytes += payload;
    SecretText joined(bytes);
    wipe(bytes.data(), bytes.size());
    return joined;
}

std::int64_t read_expiry(std::string_view opened) noexcept {
    std::uint64_t count = 0;
    for (const std::uint8_t byte : as_bytes(opened.substr(0, expiry_size))) {
        count = count << 8U | byte;
    }
    return static_cast<std::int64_t>(count);
}

Result<SecretText> open_sealed(const crypto::DerivedKey& key, std::string_view text) {
    const Result<Bytes> whole = base64url_decode(text);
    crypto::AeadNonce nonce{};
    if (!whole || whole->size() < nonce.size() + crypto::aead_tag_size + expiry_size) {
        return refuse(Errc::malformed);
    }
    std::copy_n(whole->begin(), nonce.size(), nonce.begin());
    const std::string bound = sealed_prefix(key.id);
    return crypto::aead_open(key.key, nonce, ByteView(*whole).subspan(nonce.size()), as_bytes(bound));
}

}  // namespace

SignedValues::SignedValues(const crypto::Keyring& keyring, std::string_view purpose)
    : keys_(keys_for(keyring.derive_all(crypto::Purpose("cookies/signed")), purpose)) {}

Result<std::string> SignedValues::sign(std::string_view payload, Time expires_at) const {
    Result<std::int64_t> expiry = to_seconds(expires_at);
    if (!expiry) {
        return propagate(expiry);
    }
    if (payload.size() > max_value_bytes) {
        return refuse(Errc::too_large);
    }
    std::string text(signed_version);
    text.append(".").append(keys_.front().id).append(".").append(std::to_string(*expiry));
    text.append(".").append(base64url_encode(as_bytes(payload)));
    const crypto::Mac mac = mac_of(keys_.front(), text);
    text.append(".").append(base64url_encode(mac));
    if (text.size() > max_value_bytes) {
        return refuse(Errc::too_large);
    }
    return text;
}

Result<VerifiedValue> SignedValues::verify(std::string_view text, Time now) const {
    if (text.size() > max_value_bytes) {
        return refuse(Errc::malformed);
    }
    std::string_view rest = text;
    const auto version = take_field(rest);
    const auto key_id = take_field(rest);
    const auto expiry = take_field(rest);
    const auto payload = take_field(rest);
    crypto::Mac mac{};
    if (version != signed_version || !key_id || !expiry || !payload || !base64url_decode(rest, mac)) {
        return refuse(Errc::malformed);
    }
    const crypto::DerivedKey* key = crypto::find_key(keys_, *key_id);
    const std::string_view covered = text.substr(0, text.size() - rest.size() - 1);
    if (key == nullptr || !constant_time_equal(mac_of(*key, covered), mac)) {
        return refuse(Errc::signature_invalid);
    }
    Result<Time> expires_at = parse_expiry(*expiry);
    const Result<Bytes> bytes = base64url_decode(*payload);
    if (!expires_at || !bytes) {
        return refuse(Errc::malformed);
    }
    if (now >= *expires_at) {
        return refuse(Errc::expired);
    }
    return VerifiedValue{std::string(as_text(*bytes)), *expires_at, key->id};
}

SealedValues::SealedValues(const crypto::Keyring& keyring, std::string_view purpose)
    : keys_(keys_for(keyring.derive_all(crypto::Purpose("cookies/sealed")), purpose)) {}

Result<std::string> SealedValues::seal(std::string_view payload, Time expires_at, Random& random) const {
    Result<std::int64_t> expiry = to_seconds(expires_at);
    if (!expiry) {
        return propagate(expiry);
    }
    if (payload.size() > max_value_bytes) {
        return refuse(Errc::too_large);
    }
    std::string text = sealed_prefix(keys_.front().id);
    const crypto::AeadNonce nonce = random.bytes<std::tuple_size_v<crypto::AeadNonce>>();
    const SecretText plaintext = join(*expiry, payload);
    const Bytes sealed =
        crypto::aead_seal(keys_.front().key, nonce, as_bytes(plaintext.expose()), as_bytes(text));
    Bytes whole(nonce.begin(), nonce.end());
    whole.insert(whole.end(), sealed.begin(), sealed.end());
    text.append(".").append(base64url_encode(whole));
    if (text.size() > max_value_bytes) {
        return refuse(Errc::too_large);
    }
    return text;
}

Result<OpenedValue> SealedValues::open(std::string_view text, Time now) const {
    if (text.size() > max_value_bytes) {
        return refuse(Errc::malformed);
    }
    std::string_view rest = text;
    const auto version = take_field(rest);
    const auto key_id = take_field(rest);
    if (version != sealed_version || !key_id) {
        return refuse(Errc::malformed);
    }
    const crypto::DerivedKey* key = crypto::find_key(keys_, *key_id);
    if (key == nullptr) {
        return refuse(Errc::signature_invalid);
    }
    Result<SecretText> opened = open_sealed(*key, rest);
    if (!opened) {
        return propagate(opened);
    }
    Result<Time> expires_at = to_time(read_expiry(opened->expose()));
    if (!expires_at) {
        return propagate(expires_at);
    }
    if (now >= *expires_at) {
        return refuse(Errc::expired);
    }
    return OpenedValue{SecretText(opened->expose().substr(expiry_size)), *expires_at, key->id};
}

}  // namespace cardea::cookies
