// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/pbkdf2.h"

#include "cardea/password/detail/field_reader.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace cardea::password::detail {
namespace {

/// What the hash functions are called, and how much they answer at a time.
struct Hash {
    Scheme scheme;
    std::string_view name;
    std::string_view passlib;
    std::size_t block;
    const EVP_MD* (*function)();
};

constexpr std::array hashes{
    Hash{Scheme::pbkdf2_sha1, "sha1", "$pbkdf2$", 20, EVP_sha1},
    Hash{Scheme::pbkdf2_sha256, "sha256", "$pbkdf2-sha256$", 32, EVP_sha256},
    Hash{Scheme::pbkdf2_sha512, "sha512", "$pbkdf2-sha512$", 64, EVP_sha512},
};

const Hash& find_hash(Scheme scheme) {
    return *std::ranges::find(hashes, scheme, &Hash::scheme);
}

Scheme read_hash_name(FieldReader& in, char stop) {
    const auto found = std::ranges::find(hashes, in.field(stop), &Hash::name);
    if (found == hashes.end()) {
        in.spoil();
        return {};
    }
    return found->scheme;
}

Result<Pbkdf2Hash> checked(Pbkdf2Hash hash, const FieldReader& in) {
    if (!in.is_done()) {
        return fail(Errc::malformed, "password hash: pbkdf2");
    }
    const std::size_t block = find_hash(hash.scheme).block;
    const std::size_t blocks = (hash.digest.size() + block - 1) / block;
    if (std::uint64_t{hash.iterations} * blocks > max_pbkdf2_iterations) {
        return fail(Errc::too_large, "password hash: pbkdf2 iterations");
    }
    return hash;
}

}  // namespace

Result<Pbkdf2Hash> parse_django_pbkdf2(std::string_view text) {
    FieldReader in(text);
    Pbkdf2Hash hash;
    in.literal("pbkdf2_");
    hash.scheme = read_hash_name(in, '$');
    hash.iterations = in.number('$');
    hash.salt = in.text_salt();
    hash.digest = in.last_bytes(Encoding::base64_padded, digest_sizes);
    return checked(std::move(hash), in);
}

Result<Pbkdf2Hash> parse_passlib_pbkdf2(std::string_view text) {
    FieldReader in(text);
    Pbkdf2Hash hash;
    const auto found =
        std::ranges::find_if(hashes, [&in](const Hash& one) { return in.accept(one.passlib); });
    if (found == hashes.end()) {
        return fail(Errc::malformed, "password hash: pbkdf2");
    }
    hash.scheme = found->scheme;
    hash.iterations = in.number('$');
    hash.salt = in.bytes('$', Encoding::base64_adapted, salt_sizes);
    hash.digest = in.last_bytes(Encoding::base64_adapted, digest_sizes);
    return checked(std::move(hash), in);
}

Result<Pbkdf2Hash> parse_werkzeug_pbkdf2(std::string_view text) {
    FieldReader in(text);
    Pbkdf2Hash hash;
    in.literal("pbkdf2:");
    hash.scheme = read_hash_name(in, ':');
    hash.iterations = in.number('$');
    hash.salt = in.text_salt();
    hash.digest = in.last_bytes(Encoding::hex, digest_sizes);
    return checked(std::move(hash), in);
}

std::string to_django(const Pbkdf2Hash& hash) {
    std::string text = "pbkdf2_" + std::string(find_hash(hash.scheme).name);
    text += "$" + std::to_string(hash.iterations);
    text += "$" + std::string(as_text(hash.salt));
    text += "$" + encode(Encoding::base64_padded, hash.digest);
    return text;
}

std::string to_passlib(const Pbkdf2Hash& hash) {
    std::string text(find_hash(hash.scheme).passlib);
    text += std::to_string(hash.iterations);
    text += "$" + encode(Encoding::base64_adapted, hash.salt);
    text += "$" + encode(Encoding::base64_adapted, hash.digest);
    return text;
}

std::string to_werkzeug(const Pbkdf2Hash& hash) {
    std::string text = "pbkdf2:" + std::string(find_hash(hash.scheme).name);
    text += ":" + std::to_string(hash.iterations);
    text += "$" + std::string(as_text(hash.salt));
    text += "$" + encode(Encoding::hex, hash.digest);
    return text;
}

std::string cost_text(const Pbkdf2Hash& hash) {
    return "iterations=" + std::to_string(hash.iterations);
}

Result<bool> matches(const Pbkdf2Hash& hash, std::string_view password) {
    Pbkdf2Hash computed = hash;
    if (Result<> done = compute(computed, password); !done) {
        return propagate(done);
    }
    return constant_time_equal(computed.digest, hash.digest);
}

Result<> compute(Pbkdf2Hash& hash, std::string_view password) {
    const int done = PKCS5_PBKDF2_HMAC(
        password.data(),
        static_cast<int>(password.size()),
        hash.salt.data(),
        static_cast<int>(hash.salt.size()),
        static_cast<int>(hash.iterations),
        find_hash(hash.scheme).function(),
        static_cast<int>(hash.digest.size()),
        hash.digest.data()
    );
    return done == 1 ? Result<>() : fail(Errc::busy, "password hash: pbkdf2");
}

}  // namespace cardea::password::detail
