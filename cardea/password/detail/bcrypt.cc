// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/bcrypt.h"

#include "cardea/base/hex.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/hmac.h"
#include "cardea/crypto/sha256.h"
#include "cardea/password/detail/field_reader.h"

#include <algorithm>
#include <array>
#include <crypt.h>
#include <memory>
#include <tuple>

namespace cardea::password::detail {
namespace {

constexpr std::size_t longest_input = 72;
constexpr std::size_t salt_length = 22;
constexpr std::size_t digest_length = 31;
constexpr std::string_view digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// What the last character of 16 bytes can be: four of its bits are not theirs.
constexpr std::string_view last_of_salt = ".Oeu";
/// The same of 23 bytes: two bits.
constexpr std::size_t stray_of_digest = 3;

bool are_digits(std::string_view text) {
    return text.find_first_not_of(digits) == std::string_view::npos;
}

void read_variant(FieldReader& in, BcryptHash& hash) {
    const std::string_view variant = in.take(1);
    if (variant != "a" && variant != "b" && variant != "y") {
        in.spoil();
        return;
    }
    hash.variant = variant.front();
}

/// Two digits, as only crypt(3) writes them.
void read_two_digits(FieldReader& in, BcryptHash& hash) {
    const std::string_view text = in.take(2);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::ranges::all_of(text, is_digit) || text.size() != 2) {
        in.spoil();
        return;
    }
    hash.cost = static_cast<std::uint32_t>((text[0] - '0') * 10 + (text[1] - '0'));
}

Result<BcryptHash> checked(BcryptHash hash, const FieldReader& in) {
    const bool is_salt =
        hash.salt.size() == salt_length && are_digits(hash.salt) && last_of_salt.contains(hash.salt.back());
    const bool is_digest = hash.digest.size() == digest_length && are_digits(hash.digest) &&
                           (digits.find(hash.digest.back()) & stray_of_digest) == 0;
    if (!in.is_done() || !is_salt || !is_digest || hash.cost < min_bcrypt_cost) {
        return fail(Errc::malformed, "password hash: bcrypt");
    }
    if (hash.cost > max_bcrypt_cost) {
        return fail(Errc::too_large, "password hash: bcrypt cost");
    }
    return hash;
}

/// `2b$12$salt-digest`, after which there is nothing.
Result<BcryptHash> read_crypt(FieldReader& in, BcryptInput input) {
    if (in.accept("$2x$")) {
        return fail(
            Errc::unsupported,
            "password hash: $2x$ marks bcrypt with a defect that lets several passwords pass; set a new one"
        );
    }
    if (in.accept("$2$")) {
        return fail(
            Errc::unsupported, "password hash: $2$ is the first bcrypt, which nothing makes any more"
        );
    }
    BcryptHash hash{.input = input};
    in.literal("$2");
    read_variant(in, hash);
    in.literal("$");
    read_two_digits(in, hash);
    in.literal("$");
    hash.salt = in.take(salt_length);
    hash.digest = in.last();
    return checked(std::move(hash), in);
}

SecretText to_secret(std::string text) {
    SecretText secret(text);
    wipe(text.data(), text.size());
    return secret;
}

/// What bcrypt reads for this password.
SecretText input_of(const BcryptHash& hash, std::string_view password) {
    switch (hash.input) {
        case BcryptInput::sha256_base64:
            return to_secret(encode(Encoding::base64_padded, crypto::sha256(as_bytes(password))));
        case BcryptInput::hmac_sha256_base64:
            return to_secret(
                encode(Encoding::base64_padded, crypto::hmac_sha256(as_bytes(hash.salt), as_bytes(password)))
            );
        case BcryptInput::sha256_hex:
            return to_secret(hex_encode(crypto::sha256(as_bytes(password))));
        case BcryptInput::as_typed:
            break;
    }
    return SecretText(password);
}

Result<> check_input(std::string_view input) {
    if (input.size() > longest_input) {
        return fail(Errc::password_too_long, "bcrypt reads 72 bytes of a password and would ignore the rest");
    }
    if (input.contains('\0')) {
        return fail(Errc::invalid, "bcrypt would ignore what follows a NUL in a password");
    }
    return {};
}

/// Calls crypt(3), whose work area is 32 KiB and holds the password.
Result<std::string> run_crypt(std::string_view input, const std::string& setting) {
    const auto area = std::make_unique<crypt_data>();
    std::array<char, longest_input + 1> phrase{};  // ends with a NUL
    std::ranges::copy(input, phrase.begin());
    const char* const made = ::crypt_rn(phrase.data(), setting.c_str(), area.get(), sizeof *area);
    Result<std::string> text =
        made == nullptr ? Result<std::string>(fail(Errc::internal, "password hash: crypt(3) refuses bcrypt"))
                        : Result<std::string>(made);
    wipe(area.get(), sizeof *area);
    wipe(phrase.data(), phrase.size());
    return text;
}

}  // namespace

Result<BcryptHash> parse_bcrypt(std::string_view text) {
    FieldReader in(text);
    return read_crypt(in, BcryptInput::as_typed);
}

Result<BcryptHash> parse_django_bcrypt(std::string_view text) {
    FieldReader in(text);
    in.literal("bcrypt$");
    return read_crypt(in, BcryptInput::as_typed);
}

Result<BcryptHash> parse_django_bcrypt_sha256(std::string_view text) {
    FieldReader in(text);
    in.literal("bcrypt_sha256$");
    return read_crypt(in, BcryptInput::sha256_hex);
}

Result<BcryptHash> parse_passlib_bcrypt_sha256(std::string_view text) {
    FieldReader in(text);
    in.literal("$bcrypt-sha256$");
    const bool is_second = in.accept("v=2,t=");
    BcryptHash hash{.input = is_second ? BcryptInput::hmac_sha256_base64 : BcryptInput::sha256_base64};
    in.literal("2");
    read_variant(in, hash);
    in.literal(is_second ? ",r=" : ",");
    hash.cost = in.number('$');
    hash.salt = in.field('$');
    hash.digest = in.last();
    if (is_second && hash.variant != 'b') {
        in.spoil();
    }
    return checked(std::move(hash), in);
}

std::string to_crypt(const BcryptHash& hash) {
    std::string text = "$2";
    text += hash.variant;
    text += hash.cost < 10 ? "$0" : "$";
    text += std::to_string(hash.cost) + "$" + hash.salt + hash.digest;
    return text;
}

std::string to_django(const BcryptHash& hash) {
    return (hash.input == BcryptInput::as_typed ? "bcrypt$" : "bcrypt_sha256$") + to_crypt(hash);
}

std::string to_passlib(const BcryptHash& hash) {
    const bool is_second = hash.input == BcryptInput::hmac_sha256_base64;
    std::string text = is_second ? "$bcrypt-sha256$v=2,t=2" : "$bcrypt-sha256$2";
    text += hash.variant;
    text += (is_second ? ",r=" : ",") + std::to_string(hash.cost);
    text += "$" + hash.salt + "$" + hash.digest;
    return text;
}

std::string cost_text(const BcryptHash& hash) {
    return "cost=" + std::to_string(hash.cost);
}

Result<bool> matches(const BcryptHash& hash, std::string_view password) {
    BcryptHash computed = hash;
    if (Result<> done = compute(computed, password); !done) {
        std::ignore = compute(computed, "x");  // it takes as long to be told so
        return propagate(done);
    }
    return constant_time_equal(as_bytes(computed.digest), as_bytes(hash.digest));
}

Result<> compute(BcryptHash& hash, std::string_view password) {
    const SecretText input = input_of(hash, password);
    if (Result<> accepted = check_input(input.expose()); !accepted) {
        return accepted;
    }
    hash.digest.clear();
    const std::string setting = to_crypt(hash);
    const Result<std::string> made = run_crypt(input.expose(), setting);
    if (!made || made->size() != setting.size() + digest_length) {
        return fail(Errc::internal, "password hash: crypt(3) refuses bcrypt");
    }
    hash.digest = made->substr(setting.size());
    return {};
}

std::string to_bcrypt_salt(const std::array<std::uint8_t, 16>& bytes) {
    std::string salt;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const std::uint8_t byte : bytes) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 6; held -= 6) {
            salt += digits[(bits >> (held - 6)) & 63U];
        }
    }
    salt += digits[(bits << (6 - held)) & 63U];
    return salt;
}

}  // namespace cardea::password::detail
