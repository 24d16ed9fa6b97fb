// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/keyring.h"

#include "cardea/base/assert.h"
#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"
#include "cardea/base/repetition.h"
#include "cardea/crypto/aead.h"
#include "cardea/crypto/hkdf.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace cardea::crypto {
namespace {

constexpr std::size_t max_secrets = 8;
constexpr std::size_t min_secret_size = 32;
constexpr std::size_t max_secret_size = 1024;
constexpr std::size_t min_different_characters = 8;
constexpr std::size_t key_id_size = 8;
constexpr std::size_t max_label_size = 128;
constexpr std::string_view separators = " \t\r\n,";

std::unexpected<Error> refuse(std::string_view what) {
    return fail(
        Errc::config,
        std::string(what) +
            ": set a root secret of at least 32 random characters, for example what "
            "`openssl rand -hex 32` prints"
    );
}

Result<> check_secret(std::string_view secret) {
    if (secret.size() < min_secret_size) {
        return refuse("a root secret is shorter than 32 characters");
    }
    if (secret.size() > max_secret_size) {
        return refuse("a root secret is longer than 1024 characters");
    }
    if (!std::ranges::all_of(secret, [](char c) { return c > ' ' && c < 0x7f; })) {
        return refuse("a root secret holds a character that is not printable ASCII");
    }
    const std::set<char> different(secret.begin(), secret.end());
    if (different.size() < min_different_characters || is_repetition(secret)) {
        return refuse("a root secret is guessable");
    }
    return {};
}

SecretBytes<32> derive_key(const SecretBytes<32>& root, Purpose purpose) {
    CARDEA_ASSERT(purpose.label().size() <= max_label_size);
    std::string info = "cardea/key/";
    info += purpose.label();
    SecretBytes<32> key;
    hkdf_expand(root, as_bytes(info), key.expose());
    return key;
}

KeyId derive_id(const SecretBytes<32>& root) {
    std::array<std::uint8_t, key_id_size / 2> id{};
    hkdf_expand(root, as_bytes("cardea/id"), id);
    return hex_encode(id);
}

}  // namespace

const DerivedKey* find_key(std::span<const DerivedKey> keys, std::string_view id) noexcept {
    const auto found = std::ranges::find(keys, id, &DerivedKey::id);
    return found == keys.end() ? nullptr : &*found;
}

class Keyring::Derived {
 public:
    using Keys = std::vector<DerivedKey>;

    const Keys& of(Purpose purpose, const std::vector<Root>& roots) {
        {
            const std::shared_lock lock(mutex_);
            if (const auto found = keys_.find(purpose.label()); found != keys_.end()) {
                return found->second;
            }
        }
        Keys keys;
        for (const Root& root : roots) {
            keys.push_back({root.id, derive_key(root.key, purpose)});
        }
        const std::unique_lock lock(mutex_);
        return keys_.try_emplace(purpose.label(), std::move(keys)).first->second;
    }

 private:
    std::shared_mutex mutex_;
    std::map<std::string_view, Keys> keys_;  // labels are constants; entries stay where they are
};

Keyring::Keyring(std::vector<Root> roots) : roots_(std::move(roots)), derived_(std::make_unique<Derived>()) {}

Keyring::~Keyring() = default;
Keyring::Keyring(Keyring&&) noexcept = default;
Keyring& Keyring::operator=(Keyring&&) noexcept = default;

Result<Keyring> Keyring::parse(std::string_view secrets) {
    std::vector<Root> roots;
    while (true) {
        secrets.remove_prefix(std::min(secrets.find_first_not_of(separators), secrets.size()));
        if (secrets.empty()) {
            break;
        }
        const std::string_view secret = secrets.substr(0, secrets.find_first_of(separators));
        secrets.remove_prefix(secret.size());
        if (Result<> accepted = check_secret(secret); !accepted) {
            return propagate(accepted);
        }
        SecretBytes<32> key = hkdf_extract(as_bytes(secret), as_bytes("cardea root secret"));
        KeyId id = derive_id(key);
        if (std::ranges::find(roots, id, &Root::id) != roots.end()) {
            return refuse("a root secret is given twice");
        }
        roots.push_back({std::move(id), std::move(key)});
    }
    if (roots.empty()) {
        return refuse("there is no root secret");
    }
    if (roots.size() > max_secrets) {
        return fail(Errc::config, "there are more than 8 root secrets: take out the oldest");
    }
    return Keyring(std::move(roots));
}

SecretText Keyring::make_secret(Random& random) {
    const SecretBytes<32> bytes = random.secret<32>();
    std::array<char, base64url_size(32)> text{};
    base64url_encode(bytes.expose(), text);
    SecretText secret(std::string_view(text.data(), text.size()));
    wipe(text.data(), text.size());
    return secret;
}

bool Keyring::has(std::string_view id) const noexcept {
    return std::ranges::find(roots_, id, &Root::id) != roots_.end();
}

Mac Keyring::mac(Purpose purpose, ByteView message) const {
    return hmac_sha256(keys(purpose).front().key.expose(), message);
}

Result<KeyId> Keyring::verify_mac(Purpose purpose, ByteView message, ByteView mac) const {
    for (const DerivedKey& candidate : keys(purpose)) {
        if (constant_time_equal(hmac_sha256(candidate.key.expose(), message), mac)) {
            return candidate.id;
        }
    }
    return fail(Errc::signature_invalid, std::string(purpose.label()));
}

std::string Keyring::seal(Purpose purpose, ByteView plaintext, ByteView associated_data, Random& random)
    const {
    const AeadNonce nonce = random.bytes<std::tuple_size_v<AeadNonce>>();
    const Bytes sealed = aead_seal(keys(purpose).front().key, nonce, plaintext, associated_data);
    Bytes whole(nonce.begin(), nonce.end());
    whole.insert(whole.end(), sealed.begin(), sealed.end());
    return newest() + '.' + base64url_encode(whole);
}

Result<SecretText> Keyring::open(Purpose purpose, std::string_view sealed, ByteView associated_data) const {
    if (sealed.size() <= key_id_size || sealed[key_id_size] != '.') {
        return fail(Errc::malformed, std::string(purpose.label()));
    }
    const Result<Bytes> whole = base64url_decode(sealed.substr(key_id_size + 1));
    AeadNonce nonce{};
    if (!whole || whole->size() < nonce.size() + aead_tag_size) {
        return fail(Errc::malformed, std::string(purpose.label()));
    }
    const DerivedKey* key = find_key(keys(purpose), sealed.substr(0, key_id_size));
    if (key == nullptr) {
        return fail(Errc::signature_invalid, "sealed by a key that is not here");
    }
    std::copy_n(whole->begin(), nonce.size(), nonce.begin());
    const ByteView ciphertext = ByteView(*whole).subspan(nonce.size());
    return aead_open(key->key, nonce, ciphertext, associated_data);
}

std::vector<DerivedKey> Keyring::derive_all(Purpose purpose) const {
    std::vector<DerivedKey> copies;
    for (const DerivedKey& one : keys(purpose)) {
        copies.push_back({one.id, one.key.clone()});
    }
    return copies;
}

SecretBytes<32> Keyring::derive(Purpose purpose) const {
    return keys(purpose).front().key.clone();
}

const std::vector<DerivedKey>& Keyring::keys(Purpose purpose) const {
    return derived_->of(purpose, roots_);
}

}  // namespace cardea::crypto
