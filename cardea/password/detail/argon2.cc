// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/argon2.h"

#include "cardea/password/detail/field_reader.h"

#include <sodium.h>

#include <argon2.h>
#include <cerrno>

namespace cardea::password::detail {
namespace {

constexpr std::uint32_t version_before_rfc = 16;
constexpr std::uint32_t version_of_rfc = 19;
constexpr Sizes argon2_salt_sizes{8, 64};

void read_version(FieldReader& in, Argon2Hash& hash) {
    hash.says_version = in.accept("v=");
    hash.version = hash.says_version ? in.number('$') : version_before_rfc;
    if (hash.version != version_before_rfc && hash.version != version_of_rfc) {
        in.spoil();
    }
}

Scheme read_variant(FieldReader& in) {
    in.literal("$");
    const std::string_view variant = in.field('$');
    const std::optional<Scheme> scheme = find_scheme(variant);
    if (!scheme || !variant.starts_with("argon2")) {
        in.spoil();
    }
    return scheme.value_or(Scheme::argon2id);
}

argon2_type reference_type(Scheme scheme) {
    switch (scheme) {
        case Scheme::argon2d:
            return Argon2_d;
        case Scheme::argon2i:
            return Argon2_i;
        default:
            return Argon2_id;
    }
}

/// libsodium's code is vectorised and takes half the time, but it does these alone.
bool sodium_can_verify(const Argon2Hash& hash) {
    return hash.version == version_of_rfc && hash.scheme != Scheme::argon2d;
}

bool sodium_can_compute(const Argon2Hash& hash) {
    return hash.version == version_of_rfc && hash.scheme == Scheme::argon2id && hash.cost.lanes == 1 &&
           hash.salt.size() == crypto_pwhash_argon2id_SALTBYTES;
}

std::unexpected<Error> out_of_memory() {
    return fail(Errc::busy, "password hash: out of memory");
}

}  // namespace

Result<Argon2Hash> parse_argon2(std::string_view phc) {
    FieldReader in(phc);
    Argon2Hash hash;
    hash.scheme = read_variant(in);
    read_version(in, hash);
    in.literal("m=");
    hash.cost.memory_kib = in.number(',');
    in.literal("t=");
    hash.cost.iterations = in.number(',');
    in.literal("p=");
    hash.cost.lanes = in.number('$');
    hash.salt = in.bytes('$', Encoding::base64, argon2_salt_sizes);
    hash.digest = in.last_bytes(Encoding::base64, digest_sizes);
    if (!in.is_done() || hash.cost.memory_kib < 8 * std::uint64_t{hash.cost.lanes}) {
        return fail(Errc::malformed, "password hash: argon2");
    }
    if (hash.cost.memory_kib > max_argon2_cost.memory_kib ||
        hash.cost.iterations > max_argon2_cost.iterations || hash.cost.lanes > max_argon2_cost.lanes) {
        return fail(Errc::too_large, "password hash: argon2 cost");
    }
    return hash;
}

std::string to_phc(const Argon2Hash& hash) {
    std::string phc = "$" + std::string(name(hash.scheme));
    if (hash.says_version) {
        phc += "$v=" + std::to_string(hash.version);
    }
    phc += "$" + cost_text(hash);
    phc += "$" + encode(Encoding::base64, hash.salt);
    phc += "$" + encode(Encoding::base64, hash.digest);
    return phc;
}

std::string cost_text(const Argon2Hash& hash) {
    return "m=" + std::to_string(hash.cost.memory_kib) + ",t=" + std::to_string(hash.cost.iterations) +
           ",p=" + std::to_string(hash.cost.lanes);
}

Result<bool> matches(const Argon2Hash& hash, std::string_view password) {
    if (!sodium_can_verify(hash)) {
        Argon2Hash computed = hash;
        if (Result<> done = compute_by_reference(computed, {.password = password}); !done) {
            return propagate(done);
        }
        return constant_time_equal(computed.digest, hash.digest);
    }
    const auto verify =
        hash.scheme == Scheme::argon2i ? crypto_pwhash_argon2i_str_verify : crypto_pwhash_argon2id_str_verify;
    errno = 0;
    if (verify(to_phc(hash).c_str(), password.data(), password.size()) == 0) {
        return true;
    }
    // libsodium says EINVAL for another password, and nothing when it could not compute.
    return errno == EINVAL ? Result<bool>(false) : out_of_memory();
}

Result<> compute(Argon2Hash& hash, std::string_view password) {
    if (!sodium_can_compute(hash)) {
        return compute_by_reference(hash, {.password = password});
    }
    const int failed = crypto_pwhash_argon2id(
        hash.digest.data(),
        hash.digest.size(),
        password.data(),
        password.size(),
        hash.salt.data(),
        hash.cost.iterations,
        std::size_t{hash.cost.memory_kib} * 1024,
        crypto_pwhash_argon2id_ALG_ARGON2ID13
    );
    return failed == 0 ? Result<>() : out_of_memory();
}

Result<> compute_by_reference(Argon2Hash& hash, const Argon2Inputs& inputs) {
    // The library takes pointers to memory that it does not change.
    const auto changeable = [](const void* data) {
        return static_cast<std::uint8_t*>(const_cast<void*>(data)
        );  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    };
    argon2_context context{};
    context.out = hash.digest.data();
    context.outlen = static_cast<std::uint32_t>(hash.digest.size());
    context.pwd = changeable(inputs.password.data());
    context.pwdlen = static_cast<std::uint32_t>(inputs.password.size());
    context.salt = hash.salt.data();
    context.saltlen = static_cast<std::uint32_t>(hash.salt.size());
    context.secret = changeable(inputs.secret.data());
    context.secretlen = static_cast<std::uint32_t>(inputs.secret.size());
    context.ad = changeable(inputs.associated_data.data());
    context.adlen = static_cast<std::uint32_t>(inputs.associated_data.size());
    context.t_cost = hash.cost.iterations;
    context.m_cost = hash.cost.memory_kib;
    context.lanes = hash.cost.lanes;
    context.threads = 1;  // the pool that calls has its own
    context.version = hash.version;
    return argon2_ctx(&context, reference_type(hash.scheme)) == ARGON2_OK ? Result<>() : out_of_memory();
}

}  // namespace cardea::password::detail
