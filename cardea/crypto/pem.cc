// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/crypto/detail/import.h"

#include <openssl/pem.h>

namespace cardea::crypto {
namespace {

constexpr std::size_t max_pem_size = std::size_t{64} << 10U;

/// A password is never asked for.
int refuse_password(char*, int, int, void*) {
    return -1;
}

detail::PkeyHandle read_pem(std::string_view pem, decltype(&PEM_read_bio_PUBKEY) read) {
    if (pem.size() > max_pem_size) {
        return nullptr;
    }
    const detail::ErrorScope errors;
    const detail::Bio memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CARDEA_ASSERT(memory);
    return detail::PkeyHandle(read(memory.get(), nullptr, refuse_password, nullptr));
}

/// What a function of OpenSSL writes, in memory that is wiped.
template <class Write>
SecretText write_pem(Write write) {
    const detail::Bio memory(BIO_new(BIO_s_secmem()));
    CARDEA_ASSERT(memory && write(memory.get()) == 1);
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return SecretText({text, static_cast<std::size_t>(size)});
}

/// A handle for the curves that libsodium does.
detail::PkeyHandle okp_handle(KeyKind curve, ByteView bytes, decltype(&EVP_PKEY_new_raw_public_key) make) {
    const int type = curve == KeyKind::ed25519 ? EVP_PKEY_ED25519 : EVP_PKEY_X25519;
    detail::PkeyHandle handle(make(type, nullptr, bytes.data(), bytes.size()));
    CARDEA_ASSERT(handle);
    return handle;
}

}  // namespace

Result<PublicKey> PublicKey::from_pem(std::string_view pem) {
    const detail::PkeyHandle read = read_pem(pem, PEM_read_bio_PUBKEY);
    if (!read) {
        return fail(Errc::malformed, "key: no public key in PEM");
    }
    return detail::import_public(read.get());
}

std::string PublicKey::to_pem() const {
    detail::PkeyHandle made;
    EVP_PKEY* key = detail::handle(*this);
    if (key == nullptr) {
        made = okp_handle(kind(), x(), EVP_PKEY_new_raw_public_key);
        key = made.get();
    }
    return std::string(write_pem([key](BIO* memory) { return PEM_write_bio_PUBKEY(memory, key); }).expose());
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem) {
    const detail::PkeyHandle read = read_pem(pem, PEM_read_bio_PrivateKey);
    if (!read) {
        return fail(Errc::malformed, "key: no unencrypted private key in PEM");
    }
    return detail::import_private(read.get());
}

SecretText PrivateKey::to_pem() const {
    detail::PkeyHandle made;
    EVP_PKEY* key = detail::handle(*this);
    if (key == nullptr) {
        made = okp_handle(kind(), d(), EVP_PKEY_new_raw_private_key);
        key = made.get();
    }
    return write_pem([key](BIO* memory) {
        return PEM_write_bio_PKCS8PrivateKey(memory, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

}  // namespace cardea::crypto
