// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/scrypt.h"

#include "cardea/password/detail/field_reader.h"

#include <sodium.h>

#include <bit>

namespace cardea::password::detail {
namespace {

// Far beyond what fits into max_scrypt_memory; they keep the products below from overflowing.
constexpr std::uint32_t max_log_n = 30;
constexpr std::uint32_t max_block_size = 1U << 20U;
constexpr std::uint32_t max_parallelization = 16;

std::uint64_t n_of(const ScryptCost& cost) noexcept {
    return std::uint64_t{1} << cost.log_n;
}

/// N itself, where it is a power of two.
std::uint32_t read_log_n(FieldReader& in, char stop) {
    const std::uint32_t n = in.number(stop);
    if (!std::has_single_bit(n)) {
        in.spoil();
        return 0;
    }
    return static_cast<std::uint32_t>(std::countr_zero(n));
}

std::uint32_t read_crypt_number(FieldReader& in, std::size_t digits) {
    const std::optional<std::uint32_t> value = parse_crypt64_number(in.take(digits));
    if (!value) {
        in.spoil();
    }
    return value.value_or(0);
}

Result<ScryptHash> checked(ScryptHash hash, const FieldReader& in) {
    const ScryptCost& cost = hash.cost;
    if (!in.is_done() || cost.log_n == 0 || cost.block_size == 0 || cost.parallelization == 0) {
        return fail(Errc::malformed, "password hash: scrypt");
    }
    if (!is_within_limits(cost)) {
        return fail(Errc::too_large, "password hash: scrypt cost");
    }
    return hash;
}

}  // namespace

bool is_within_limits(const ScryptCost& cost) noexcept {
    if (cost.log_n > max_log_n || cost.block_size > max_block_size ||
        cost.parallelization > max_parallelization) {
        return false;
    }
    const std::uint64_t unit = 128 * std::uint64_t{cost.block_size};
    const std::uint64_t memory = unit * n_of(cost);
    return memory <= max_scrypt_memory && unit * cost.parallelization <= max_scrypt_memory &&
           memory * cost.parallelization <= max_scrypt_work;
}

Result<ScryptHash> parse_phc_scrypt(std::string_view text) {
    FieldReader in(text);
    ScryptHash hash;
    in.literal("$scrypt$ln=");
    hash.cost.log_n = in.number(',');
    in.literal("r=");
    hash.cost.block_size = in.number(',');
    in.literal("p=");
    hash.cost.parallelization = in.number('$');
    hash.salt = in.bytes('$', Encoding::base64, salt_sizes);
    hash.digest = in.last_bytes(Encoding::base64, digest_sizes);
    return checked(std::move(hash), in);
}

Result<ScryptHash> parse_django_scrypt(std::string_view text) {
    FieldReader in(text);
    ScryptHash hash;
    in.literal("scrypt$");
    hash.cost.log_n = read_log_n(in, '$');
    hash.salt = in.text_salt();
    hash.cost.block_size = in.number('$');
    hash.cost.parallelization = in.number('$');
    hash.digest = in.last_bytes(Encoding::base64_padded, digest_sizes);
    return checked(std::move(hash), in);
}

Result<ScryptHash> parse_werkzeug_scrypt(std::string_view text) {
    FieldReader in(text);
    ScryptHash hash;
    in.literal("scrypt:");
    hash.cost.log_n = read_log_n(in, ':');
    hash.cost.block_size = in.number(':');
    hash.cost.parallelization = in.number('$');
    hash.salt = in.text_salt();
    hash.digest = in.last_bytes(Encoding::hex, digest_sizes);
    return checked(std::move(hash), in);
}

Result<ScryptHash> parse_crypt_scrypt(std::string_view text) {
    FieldReader in(text);
    ScryptHash hash;
    in.literal("$7$");
    hash.cost.log_n = read_crypt_number(in, 1);
    hash.cost.block_size = read_crypt_number(in, 5);
    hash.cost.parallelization = read_crypt_number(in, 5);
    hash.salt = in.text_salt();
    hash.digest = in.last_bytes(Encoding::crypt64, digest_sizes);
    return checked(std::move(hash), in);
}

std::string to_phc(const ScryptHash& hash) {
    std::string text = "$scrypt$" + cost_text(hash);
    text += "$" + encode(Encoding::base64, hash.salt);
    text += "$" + encode(Encoding::base64, hash.digest);
    return text;
}

std::string to_django(const ScryptHash& hash) {
    std::string text = "scrypt$" + std::to_string(n_of(hash.cost));
    text += "$" + std::string(as_text(hash.salt));
    text += "$" + std::to_string(hash.cost.block_size);
    text += "$" + std::to_string(hash.cost.parallelization);
    text += "$" + encode(Encoding::base64_padded, hash.digest);
    return text;
}

std::string to_werkzeug(const ScryptHash& hash) {
    std::string text = "scrypt:" + std::to_string(n_of(hash.cost));
    text += ":" + std::to_string(hash.cost.block_size);
    text += ":" + std::to_string(hash.cost.parallelization);
    text += "$" + std::string(as_text(hash.salt));
    text += "$" + encode(Encoding::hex, hash.digest);
    return text;
}

std::string to_crypt(const ScryptHash& hash) {
    std::string text = "$7$" + to_crypt64_number(hash.cost.log_n, 1);
    text += to_crypt64_number(hash.cost.block_size, 5);
    text += to_crypt64_number(hash.cost.parallelization, 5);
    text += as_text(hash.salt);
    text += "$" + encode(Encoding::crypt64, hash.digest);
    return text;
}

std::string cost_text(const ScryptHash& hash) {
    return "ln=" + std::to_string(hash.cost.log_n) + ",r=" + std::to_string(hash.cost.block_size) +
           ",p=" + std::to_string(hash.cost.parallelization);
}

Result<bool> matches(const ScryptHash& hash, std::string_view password) {
    ScryptHash computed = hash;
    if (Result<> done = compute(computed, password); !done) {
        return propagate(done);
    }
    return constant_time_equal(computed.digest, hash.digest);
}

Result<> compute(ScryptHash& hash, std::string_view password) {
    // libsodium takes no null pointer, which is what nothing may have.
    static constexpr std::uint8_t nothing = 0;
    const int failed = crypto_pwhash_scryptsalsa208sha256_ll(
        password.empty() ? &nothing : as_bytes(password).data(),
        password.size(),
        hash.salt.empty() ? &nothing : hash.salt.data(),
        hash.salt.size(),
        n_of(hash.cost),
        hash.cost.block_size,
        hash.cost.parallelization,
        hash.digest.data(),
        hash.digest.size()
    );
    return failed == 0 ? Result<>() : fail(Errc::busy, "password hash: out of memory");
}

}  // namespace cardea::password::detail
