// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/forms.h"

#include <algorithm>
#include <array>

namespace cardea::password::detail {
namespace {

constexpr std::size_t longest_text = 512;

template <auto Parse>
Result<AnyHash> parse_as(std::string_view text) {
    auto hash = Parse(text);
    if (!hash) {
        return propagate(hash);
    }
    return AnyHash(std::move(*hash));
}

template <class Hash, std::string (*Write)(const Hash&)>
std::string write_as(const AnyHash& hash) {
    return Write(std::get<Hash>(hash));
}

template <auto Parse, class Hash, std::string (*Write)(const Hash&)>
constexpr Form form(std::string_view prefix, std::string_view name) {
    return {prefix, name, parse_as<Parse>, write_as<Hash, Write>};
}

/// Django writes its name before what argon2-cffi makes.
Result<Argon2Hash> parse_django_argon2(std::string_view text) {
    return parse_argon2(text.substr(std::string_view("argon2").size()));
}

std::string to_django_argon2(const Argon2Hash& hash) {
    return "argon2" + to_phc(hash);
}

// The longer of two prefixes stands first.
constexpr std::array forms{
    form<parse_argon2, Argon2Hash, to_phc>("$argon2", "PHC"),
    form<parse_django_argon2, Argon2Hash, to_django_argon2>("argon2$argon2", "Django"),
    form<parse_passlib_bcrypt_sha256, BcryptHash, to_passlib>("$bcrypt-sha256$", "passlib"),
    form<parse_django_bcrypt_sha256, BcryptHash, to_django>("bcrypt_sha256$$2", "Django"),
    form<parse_django_bcrypt, BcryptHash, to_django>("bcrypt$$2", "Django"),
    form<parse_bcrypt, BcryptHash, to_crypt>("$2", "crypt(3)"),
    form<parse_phc_scrypt, ScryptHash, to_phc>("$scrypt$", "PHC"),
    form<parse_django_scrypt, ScryptHash, to_django>("scrypt$", "Django"),
    form<parse_werkzeug_scrypt, ScryptHash, to_werkzeug>("scrypt:", "Werkzeug"),
    form<parse_crypt_scrypt, ScryptHash, to_crypt>("$7$", "crypt(3)"),
    form<parse_passlib_pbkdf2, Pbkdf2Hash, to_passlib>("$pbkdf2", "passlib"),
    form<parse_django_pbkdf2, Pbkdf2Hash, to_django>("pbkdf2_", "Django"),
    form<parse_werkzeug_pbkdf2, Pbkdf2Hash, to_werkzeug>("pbkdf2:", "Werkzeug"),
};

/// Known forms that are left out on purpose: too fast to guess against, or not worth a parser.
struct LeftOut {
    std::string_view prefix;
    const char* name;
};
constexpr std::array left_out{
    LeftOut{"$1$", "md5_crypt"},
    LeftOut{"$apr1$", "apr_md5_crypt"},
    LeftOut{"$5$", "sha256_crypt"},
    LeftOut{"$6$", "sha512_crypt"},
    LeftOut{"$y$", "yescrypt"},
    LeftOut{"$P$", "phpass"},
    LeftOut{"$H$", "phpass"},
    LeftOut{"$p5k2$", "the PBKDF2 forms of Cryptacular and Litzenberger"},
    LeftOut{"{PKCS5S2}", "Atlassian's PBKDF2"},
    LeftOut{"grub.pbkdf2.", "GRUB's PBKDF2"},
    LeftOut{"{FSHP", "fshp"},
    LeftOut{"{", "LDAP hashes"},
    LeftOut{"md5$", "Django's salted MD5"},
    LeftOut{"sha1$", "Django's salted SHA-1"},
};

constexpr auto begins = [](std::string_view text) {
    return [text](const auto& row) { return text.starts_with(row.prefix); };
};

}  // namespace

Result<StoredHash> parse_stored(std::string_view text) {
    if (text.size() > longest_text) {
        return fail(Errc::too_large, "password hash");
    }
    const auto form = std::ranges::find_if(forms, begins(text));
    if (form == forms.end()) {
        const auto known = std::ranges::find_if(left_out, begins(text));
        const std::string what = known == left_out.end() ? "this form of hash is not known here"
                                                         : std::string(known->name) + " is not done here";
        return fail(Errc::unsupported, "password hash: " + what);
    }
    Result<AnyHash> hash = form->parse(text);
    if (!hash) {
        return propagate(hash);
    }
    return StoredHash{&*form, std::move(*hash)};
}

std::string to_text(const StoredHash& stored) {
    return stored.form->write(stored.hash);
}

Result<bool> matches(const AnyHash& hash, std::string_view password) {
    return std::visit([password](const auto& one) { return matches(one, password); }, hash);
}

Result<> compute(AnyHash& hash, std::string_view password) {
    return std::visit([password](auto& one) { return compute(one, password); }, hash);
}

Scheme scheme_of(const AnyHash& hash) noexcept {
    return std::visit([](const auto& one) { return scheme_of(one); }, hash);
}

std::string cost_text(const AnyHash& hash) {
    return std::visit([](const auto& one) { return cost_text(one); }, hash);
}

void make_blank(AnyHash& hash) {
    // A dot is a digit of crypt(3) and a character of every salt that is text.
    const auto blank = [](auto& one) {
        std::ranges::fill(one.salt, '.');
        std::ranges::fill(one.digest, '.');
    };
    std::visit(blank, hash);
}

void salt(AnyHash& hash, Random& random) {
    const std::array<std::uint8_t, 16> bytes = random.bytes<16>();
    const auto fill = [&bytes](auto& one) {
        if constexpr (requires { one.variant; }) {
            one.salt = to_bcrypt_salt(bytes);
        } else {
            one.salt.assign(bytes.begin(), bytes.end());
        }
    };
    std::visit(fill, hash);
}

}  // namespace cardea::password::detail
