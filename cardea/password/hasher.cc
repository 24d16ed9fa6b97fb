// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/hasher.h"

#include "cardea/base/assert.h"
#include "cardea/password/detail/forms.h"
#include "cardea/password/stored_hash.h"

#include <sodium.h>

#include <algorithm>

namespace cardea::password {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t digest_size = 32;

detail::AnyHash empty_pbkdf2(const HasherOptions& options, Scheme scheme, std::size_t size) {
    return detail::Pbkdf2Hash{
        .scheme = scheme,
        .iterations = options.pbkdf2_iterations,
        .salt = Bytes(salt_size),
        .digest = Bytes(size)
    };
}

detail::AnyHash empty_bcrypt(const HasherOptions& options, detail::BcryptInput input) {
    return detail::BcryptHash{
        .input = input,
        .variant = 'b',
        .cost = options.bcrypt_cost,
        .salt = std::string(22, '.'),
        .digest = std::string(31, '.'),
    };
}

/// A hash of today's scheme and cost, without a password in it yet.
detail::AnyHash empty_hash(const HasherOptions& options) {
    switch (options.schemes.front()) {
        case Scheme::scrypt:
            return detail::ScryptHash{options.scrypt, Bytes(salt_size), Bytes(digest_size)};
        case Scheme::bcrypt:
            return empty_bcrypt(options, detail::BcryptInput::as_typed);
        case Scheme::bcrypt_sha256:
            return empty_bcrypt(options, detail::BcryptInput::hmac_sha256_base64);
        case Scheme::pbkdf2_sha256:
            return empty_pbkdf2(options, Scheme::pbkdf2_sha256, digest_size);
        case Scheme::pbkdf2_sha512:
            return empty_pbkdf2(options, Scheme::pbkdf2_sha512, 2 * digest_size);
        default:
            return detail::Argon2Hash{
                .cost = options.argon2, .salt = Bytes(salt_size), .digest = Bytes(digest_size)
            };
    }
}

/// How it is written: PHC where there is such a form, else as passlib or crypt(3) do.
std::string write(const detail::AnyHash& hash) {
    struct Writer {
        std::string operator()(const detail::Argon2Hash& one) const { return to_phc(one); }
        std::string operator()(const detail::ScryptHash& one) const { return to_phc(one); }
        std::string operator()(const detail::Pbkdf2Hash& one) const { return to_passlib(one); }
        std::string operator()(const detail::BcryptHash& one) const {
            return one.input == detail::BcryptInput::as_typed ? to_crypt(one) : to_passlib(one);
        }
    };
    return std::visit(Writer(), hash);
}

Result<std::string> blank_of_today(const HasherOptions& options, const PepperKeys& keys) {
    const std::string_view key = options.pepper ? keys.newest() : std::string_view();
    return blank_of(with_pepper(key, write(empty_hash(options))));
}

}  // namespace

PasswordHasher::PasswordHasher(HasherOptions options, PepperKeys pepper_keys)
    : pepper_keys_(std::move(pepper_keys)) {
    CARDEA_ASSERT(!options.schemes.empty() && is_for_new_hashes(options.schemes.front()));
    CARDEA_ASSERT(!options.pepper || !pepper_keys_.newest().empty());
    CARDEA_ASSERT(sodium_init() >= 0);  // chooses the fastest code for this processor
    Result<std::string> blank = blank_of_today(options, pepper_keys_);
    CARDEA_ASSERT(blank);  // a cost beyond its limits
    blank_ = std::move(*blank);
    schemes_ = std::move(options.schemes);
}

Result<std::string> PasswordHasher::hash(const Password& password, Random& random) const {
    const Peppered today = split_pepper(blank_).value();
    detail::StoredHash made = detail::parse_stored(today.hash).value();
    const SecretText input = pepper_keys_.apply(today.key_id, password.expose());
    detail::salt(made.hash, random);
    if (Result<> done = compute(made.hash, input.expose()); !done) {
        return propagate(done);
    }
    return with_pepper(today.key_id, to_text(made));
}

Result<PasswordMatch> PasswordHasher::verify(
    const Password& password, std::string_view stored, Random& random
) const {
    if (Result<> accepted = accepts(stored); !accepted) {
        return propagate(accepted);
    }
    const Peppered peppered = split_pepper(stored).value();
    const SecretText input = pepper_keys_.apply(peppered.key_id, password.expose());
    Result<bool> is_right = matches(detail::parse_stored(peppered.hash)->hash, input.expose());
    if (!is_right) {
        return propagate(is_right);
    }
    if (!*is_right) {
        return fail(Errc::credentials_wrong);
    }
    PasswordMatch match;
    if (needs_rehash(stored)) {
        // Where it cannot be made now, for want of memory say, the next sign-in does it.
        match.better_hash = hash(password, random).value_or(std::string());
    }
    return match;
}

Result<> PasswordHasher::accepts(std::string_view stored) const {
    const Result<HashFacts> facts = identify(stored);
    if (!facts) {
        return std::unexpected(facts.error());
    }
    if (std::ranges::find(schemes_, facts->scheme) == schemes_.end()) {
        return fail(
            Errc::unsupported, "password hash: " + std::string(name(facts->scheme)) + " is turned off"
        );
    }
    if (!pepper_keys_.has(facts->pepper_key)) {
        return fail(Errc::config, "password hash: its pepper was made with a root secret that is not here");
    }
    return {};
}

bool PasswordHasher::needs_rehash(std::string_view stored) const {
    return blank_of(stored).value_or(std::string()) != blank_;
}

}  // namespace cardea::password
